"use strict";

// What if: settings were computed when the page was written; this shows the one that is chosen, and
// in grey the one before it.
{
  const root = document.querySelector(".whatif");
  const { slices } = JSON.parse(document.getElementById("slices-data").textContent);
  const knobs = [...root.querySelectorAll(".knob")].map((knob) => ({
    knob,
    words: knob.querySelector("label").textContent,
    slide: knob.querySelector("input"),
    told: knob.querySelector("output"),
  }));
  const reset = root.querySelector(".reset");
  const say = (kind, text) => (root.querySelector(`.${kind}`).textContent = text);
  const levelOf = (setting) => slices[setting.slice].levels[setting.level];
  const homeOf = (slice) => ({ slice, level: slices[slice].home });
  const isHome = (setting) => setting.level === slices[setting.slice].home;
  const canvases = [...root.querySelectorAll(".plot[data-canvas]")].map(canvasOf);

  // The setting that stood before the gesture under way, and the one that is shown.
  let settled = homeOf(0);
  let shown = settled;

  knobs.forEach(({ slide }, slice) => {
    slide.addEventListener("input", () => {
      // Moving another input puts the first back, so that the two settings differ in one input.
      const before = settled.slice === slice ? settled : homeOf(slice);
      show({ slice, level: Number(slide.value) }, before);
    });
    slide.addEventListener("change", () => (settled = shown));
  });
  reset.addEventListener("click", () => {
    show(homeOf(shown.slice), shown);
    settled = shown;
  });
  root.hidden = false;
  show(settled, settled);

  function show(setting, before) {
    shown = setting;
    const level = levelOf(setting);
    knobs.forEach(({ knob, slide, told }, slice) => {
      const place = slice === setting.slice ? setting.level : slices[slice].home;
      const { text } = slices[slice].levels[place];
      slide.value = place;
      slide.setAttribute("aria-valuetext", text);
      told.value = text;
      knob.classList.toggle("is-moved", place !== slices[slice].home);
    });
    reset.disabled = isHome(setting);
    say("setting", isHome(setting) ? "The scenario as it is:" : `${knobs[setting.slice].words}: ${level.text}`);
    say("sentence", level.sentence);
    say("change", level.changes[before.level] ?? "");
    const ghost = before.level === setting.level ? null : levelOf(before);
    canvases.forEach((draw) => draw(level, ghost));
  }

  // A layer over the axes of an empty chart, in shares of their size.
  function canvasOf(plot) {
    const { name, colour, box, x, y } = JSON.parse(plot.dataset.canvas);
    const space = "http://www.w3.org/2000/svg";
    const layer = document.createElementNS(space, "svg");
    layer.setAttribute("viewBox", "0 0 1000 1000");
    layer.setAttribute("preserveAspectRatio", "none");
    layer.setAttribute("aria-hidden", "true");
    layer.classList.add("layer");
    layer.style.color = colour;
    ["left", "top", "width", "height"].forEach((side, place) => (layer.style[side] = `${box[place]}%`));
    plot.append(layer);

    const at = ([day, value]) =>
      `${((1000 * (day - x[0])) / (x[1] - x[0])).toFixed(1)} ${(1000 * (1 - (value - y[0]) / (y[1] - y[0]))).toFixed(1)}`;
    // Duties and pauses stand still between acts: each value lasts until the next.
    const corners = (weeks, values) =>
      values.flatMap((value, place) => [[weeks[place], value], [weeks[place + 1] ?? x[1], value]]);
    const put = (kind, points, closed = false) => {
      const path = document.createElementNS(space, "path");
      path.setAttribute("class", kind);
      path.setAttribute("d", `M${points.map(at).join("L")}${closed ? "Z" : ""}`);
      layer.append(path);
    };

    return (level, ghost) => {
      layer.replaceChildren();
      if (ghost) {
        const rows = ghost[name].map((values) => corners(ghost.weeks, values));
        if (rows.length > 3) [rows[0], rows.at(-1)].forEach((edge) => put("ghost edge", edge));
        put("ghost", rows[(rows.length - 1) / 2]);
      }
      const rows = level[name].map((values) => corners(level.weeks, values));
      for (let place = 0; place < (rows.length - 1) / 2; place++) {
        put("band", [...rows[place], ...rows.at(-1 - place).toReversed()], true);
      }
      put("middle", rows[(rows.length - 1) / 2]);
    };
  }
}
