/**
 * Programs that do not do what a node must, each by its name.
 */
import { spawn } from 'node:child_process';
import { Node } from './node.js';

const [how] = process.argv.slice(2);
const node = new Node();
let count = 0;
node.on('echo', (message) => {
  const { echo } = message.body;
  if (how === 'dies') {
    console.error('first line\n\u001b[31mout of paper');
    process.exit(3);
  }
  if (how === 'stranger') node.send('n9', { type: 'hello' });
  if (how === 'impostor') process.stdout.write(`{"src":"n8","dest":"${message.src}","body":{"type":"x"}}\n`);
  if (how === 'floods') flood();
  if (how === 'random') node.send(node.others[0] ?? node.id, { type: 'noise', value: Math.random() });
  if (how === 'forgetful' && ++count === 2) return;
  if (how === 'moody' && Math.random() < 0.5) return;
  node.reply(message, { type: 'echo_ok', echo });
});
/** As many messages as can be. */
function flood() {
  for (let i = 0; i < 100; i++) node.send(node.id, { type: 'again' });
  setImmediate(flood);
}

if (how === 'chatty') console.log('node is starting \u001b[2J');
if (how === 'offspring') spawn('sleep', ['600'], { stdio: 'inherit' });
if (how === 'silent') process.stdin.resume();
else node.run();
