/**
 * Strongly connected components (Tarjan, 1972), without recursion so that depth is bounded by memory, not by the stack.
 */

/**
 * Components of the graph with nodes `0..size-1`, each component after all components it has edges to
 * (if edges point at dependencies: dependencies first). Deterministic: nodes are visited in order.
 * @param successors edge targets of a node
 */
export function stronglyConnected(size: number, successors: (node: number) => ArrayLike<number>): number[][] {
  const index = new Int32Array(size).fill(-1);
  const low = new Int32Array(size);
  const onStack = new Uint8Array(size);
  const stack: number[] = [];
  const components: number[][] = [];
  let next = 0;
  const frames: { node: number; edges: ArrayLike<number>; edge: number }[] = [];
  const open = (node: number): void => {
    index[node] = low[node] = next++;
    stack.push(node);
    onStack[node] = 1;
    frames.push({ node, edges: successors(node), edge: 0 });
  };
  const close = (node: number): void => {
    frames.pop();
    const parent = frames[frames.length - 1];
    if (parent) low[parent.node] = Math.min(low[parent.node] as number, low[node] as number);
    if (low[node] !== index[node]) return;
    const component: number[] = [];
    let member: number;
    do {
      member = stack.pop() as number;
      onStack[member] = 0;
      component.push(member);
    } while (member !== node);
    components.push(component.reverse());
  };
  for (let root = 0; root < size; root++) {
    if (index[root] !== -1) continue;
    open(root);
    for (;;) {
      const frame = frames[frames.length - 1];
      if (!frame) break;
      if (frame.edge >= frame.edges.length) {
        close(frame.node);
        continue;
      }
      const target = frame.edges[frame.edge++] as number;
      if (index[target] === -1) open(target);
      else if (onStack[target]) low[frame.node] = Math.min(low[frame.node] as number, index[target] as number);
    }
  }
  return components;
}
