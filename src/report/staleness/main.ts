/** The script of the page of staleness: a slider moves along the curve, and says what it is there. */
const slider = document.getElementById('when') as HTMLInputElement | null;
const said = document.getElementById('said');
const here = document.getElementById('here');
const rows = [...document.querySelectorAll<HTMLTableRowElement>('#points tr')];

function read(): void {
  const row = rows[Number(slider?.value)];
  if (!row || !said || !here) return;
  const [when, share] = [...row.cells].map(({ textContent }) => textContent ?? '');
  const words = `${when}: ${share}`;
  said.textContent = words;
  slider?.setAttribute('aria-valuetext', words);
  here.setAttribute('cx', row.dataset.x ?? '');
  here.setAttribute('cy', row.dataset.y ?? '');
}

slider?.addEventListener('input', read);
slider?.parentElement?.removeAttribute('hidden');
read();
