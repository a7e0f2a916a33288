/** The script of the page of frontiers: a link to a counterexample opens the list that it is in. */
function openTarget(): void {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const list = target?.closest('details');
  if (!target || !list) return;
  list.open = true;
  target.scrollIntoView({ block: 'center' });
}

addEventListener('hashchange', openTarget);
openTarget();
