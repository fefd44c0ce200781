"use strict";

// Sorting: a button in each heading; missing values stay last in both directions.
for (const table of document.querySelectorAll("table[data-sortable]")) {
  const body = table.tBodies[0];
  const headings = [...table.tHead.rows[0].cells];
  headings.forEach((heading, place) => {
    if (!heading.textContent.trim()) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const numbers = heading.classList.contains("number");
      const was = heading.getAttribute("aria-sort");
      const falling = was ? was === "ascending" : numbers;
      headings.forEach((other) => other.removeAttribute("aria-sort"));
      heading.setAttribute("aria-sort", falling ? "descending" : "ascending");
      const rows = [...body.rows].map((row) => [keyOf(row.cells[place]), row]);
      rows.sort(([a], [b]) => compare(a, b, falling ? -1 : 1));
      body.append(...rows.map(([, row]) => row));
    });
  });
}

function keyOf(cell) {
  const text = cell.dataset.key ?? cell.textContent.trim();
  const number = Number(text);
  return text === "" ? null : Number.isNaN(number) ? text : number;
}

function compare(a, b, sign) {
  if (a === null || b === null) return (a === null) - (b === null);
  if (typeof a === "number" && typeof b === "number") return sign * (a - b);
  return sign * String(a).localeCompare(String(b), "en", { numeric: true });
}

// Filters: show rows that contain every word, in any order.
for (const filter of document.querySelectorAll(".filter")) {
  const [input, output] = [filter.querySelector("input"), filter.querySelector("output")];
  const rows = [...filter.parentElement.querySelector("tbody").rows];
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const total = rows.length.toLocaleString("en");
  filter.hidden = false;
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, place) => {
      row.hidden = !words.every((word) => texts[place].includes(word));
      shown += !row.hidden;
    });
    output.value = words.length ? `${shown.toLocaleString("en")} of ${total} rows` : `${total} rows`;
  });
}

// Choices: show one of several charts at a time.
for (const choice of document.querySelectorAll(".choice")) {
  const select = choice.querySelector("select");
  const pictures = [...select.options].map((option) => document.getElementById(option.value));
  const show = () => pictures.forEach((picture, place) => (picture.hidden = place !== select.selectedIndex));
  choice.hidden = false;
  select.addEventListener("change", show);
  show();
}

// Readouts: show the values at the place pointed to, or stepped to with the arrow keys.
document.querySelectorAll(".plot[data-points]").forEach(makeReadable);

function makeReadable(plot) {
  const points = JSON.parse(plot.dataset.points);
  const readout = plot.closest("figure").querySelector(".readout");
  const hint = readout.textContent;
  const cursor = document.createElement("div");
  cursor.className = "cursor";
  cursor.hidden = true;
  cursor.style.top = `${plot.dataset.top}%`;
  cursor.style.height = `${plot.dataset.height}%`;
  plot.append(cursor);
  plot.tabIndex = 0;
  let place = -1;
  const show = (wanted) => {
    place = wanted;
    cursor.hidden = place < 0;
    readout.textContent = place < 0 ? hint : points[place][1];
    if (place >= 0) cursor.style.left = `${points[place][0]}%`;
  };
  const point = (event) => {
    const box = plot.getBoundingClientRect();
    const x = (100 * (event.clientX - box.left)) / box.width;
    const near = points.map(([left]) => Math.abs(left - x));
    // Before the first week the chart shows the record, which has no readout.
    show(x < points[0][0] - 2 ? -1 : near.indexOf(Math.min(...near)));
  };
  plot.addEventListener("pointermove", point);
  plot.addEventListener("pointerdown", point);
  // On touch screens, the choice stays when the finger is lifted.
  plot.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && show(-1));
  plot.addEventListener("blur", () => show(-1));
  plot.addEventListener("keydown", (event) => {
    const steps = { ArrowLeft: -1, ArrowRight: 1 };
    if (event.key === "Escape") show(-1);
    else if (event.key === "Home") show(0);
    else if (event.key === "End") show(points.length - 1);
    else if (event.key in steps) {
      show(Math.max(0, Math.min(points.length - 1, place + steps[event.key])));
    } else return;
    event.preventDefault();
  });
}
