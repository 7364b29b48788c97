'use strict';
// The page can be read without this: it filters findings, copies a line, and opens what is closed for printing.
(() => {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const findings = all('.finding');
  const tools = document.querySelector('.tools');

  const filter = () => {
    const words = document.getElementById('filter').value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const bucket of all('.bucket')) {
      const title = bucket.querySelector('h3').textContent.toLowerCase();
      let inside = 0;
      for (const finding of all('.finding', bucket)) {
        const text = title + ' ' + finding.textContent.toLowerCase();
        finding.hidden = words.some((word) => !text.includes(word));
        if (!finding.hidden) inside += 1;
      }
      bucket.hidden = inside === 0 && words.some((word) => !title.includes(word));
      shown += inside;
    }
    document.getElementById('matches').value = words.length === 0 ? '' : shown + ' of ' + findings.length + ' shown';
  };

  if (tools !== null) {
    tools.hidden = false;
    document.getElementById('filter').addEventListener('input', filter);
    for (const [id, open] of [['expand', true], ['collapse', false]]) {
      document.getElementById(id).addEventListener('click', () => {
        for (const finding of findings) finding.open = open;
      });
    }
  }

  for (const line of all('.replay')) {
    const code = line.querySelector('code');
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Copy';
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(code.textContent);
        button.textContent = 'Copied';
      } catch {
        // Not every browser lets a file copy; what is selected a person can copy.
        getSelection().selectAllChildren(code);
        button.textContent = 'Selected';
      }
    });
    line.append(button);
  }

  let closed = [];
  addEventListener('beforeprint', () => {
    closed = all('details:not([open])');
    for (const each of closed) each.open = true;
  });
  addEventListener('afterprint', () => {
    for (const each of closed) each.open = false;
  });
})();
