
"use strict";
(() => {
  // The first number of a cell; NaN for words and dashes, which stay last whatever the order.
  const number = (text) => {
    const found = text.replace(/\u2212/g, "-").match(/[-+]?\d+(\.\d+)?(e[-+]?\d+)?/i);
    return found ? Number(found[0]) : NaN;
  };

  const compare = (column, numeric, direction) => (one, other) => {
    const a = one.cells[column].textContent.trim();
    const b = other.cells[column].textContent.trim();
    if (!numeric) {
      return direction * a.localeCompare(b, "en", { numeric: true });
    }
    const x = number(a);
    const y = number(b);
    if (Number.isNaN(x) || Number.isNaN(y)) {
      return Number.isNaN(x) - Number.isNaN(y);
    }
    return direction * (x - y);
  };

  const sort = (table, heading) => {
    const numeric = heading.classList.contains("number");
    // Best first for numbers, then the other way, then as it was.
    const orders = numeric ? ["descending", "ascending", ""] : ["ascending", "descending", ""];
    const now = heading.getAttribute("aria-sort") || "";
    const next = orders[(orders.indexOf(now) + 1) % orders.length];
    for (const other of heading.parentElement.cells) {
      other.removeAttribute("aria-sort");
    }
    if (next) {
      heading.setAttribute("aria-sort", next);
    }
    for (const body of table.tBodies) {
      if (body.classList.contains("heading")) {
        continue;
      }
      const rows = original.get(body).slice();
      if (next) {
        rows.sort(compare(heading.cellIndex, numeric, next === "ascending" ? 1 : -1));
      }
      body.append(...rows);
    }
  };

  const original = new Map();
  for (const table of document.querySelectorAll("section.table table")) {
    for (const body of table.tBodies) {
      original.set(body, Array.from(body.rows));
    }
    for (const heading of table.tHead.rows[0].cells) {
      heading.querySelector("button").addEventListener("click", () => sort(table, heading));
    }
  }

  // Neither what stays folded nor the player is printed, and the print says so.
  const unprinted = document.querySelector("#unprinted");
  addEventListener("beforeprint", () => {
    const left = [];
    if (document.querySelector("#player")) {
      left.push("the player (five frames of its first video stand in its place)");
    }
    const folded = document.querySelectorAll("details:not([open])").length;
    if (folded > 0) {
      left.push(`what is folded on this page (${folded}; open it before printing to have it)`);
    }
    unprinted.textContent = left.length === 0 ? "" : `Not printed: ${left.join(", and ")}.`;
  });
})();
