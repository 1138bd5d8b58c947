"use strict";
(() => {
  const PACE = 200; // milliseconds per picture
  const SLOW_PACE = 1000; // where less motion is asked for
  const WIDTH = 1000; // of the chart, in its own units
  const HEIGHT = 100;

  const part = (name) => document.getElementById("player-" + name);
  const parsed = new Map();
  const data = (id) => {
    if (!parsed.has(id)) {
      parsed.set(id, JSON.parse(document.getElementById(id).textContent));
    }
    return parsed.get(id);
  };

  const scenes = data("player-scenes");
  const slider = part("frame");
  let scene = null;
  let clip = null;
  let track = null;
  let at = 0;
  let timer = 0;

  const fill = (select, names, wanted) => {
    select.replaceChildren(...names.map((name) => new Option(name)));
    select.selectedIndex = Math.max(names.indexOf(wanted), 0);
  };

  const chosen = (select) => (select.selectedIndex < 0 ? "" : select.options[select.selectedIndex].textContent);

  const picture = (name, film) => {
    const { type, pictures } = data(film);
    const file = pictures[at];
    const image = part(name).querySelector("img");
    image.hidden = file === null;
    part(name).querySelector(".none").hidden = file !== null;
    if (file === null) {
      image.removeAttribute("src");
    } else {
      image.src = "data:" + type + ";base64," + file;
    }
  };

  const measured = (value) => (value === null ? "not defined" : value.toFixed(1) + " " + scene.unit);

  const words = () => {
    const frame = clip.frames[at];
    const place = "Frame " + frame.index + " (" + frame.name + "): ";
    if (!frame.annotated) {
      return place + "no ground truth.";
    }
    const fixed = clip.tracks[0].values[at];
    const adapted = track.values[at];
    const gain = adapted - fixed;
    return (
      place + scene.metric + " fixed " + measured(fixed) + ", " + track.title + " " + measured(adapted) +
      (fixed === null || adapted === null ? "." : ", " + (gain < 0 ? "\u2212" : "+") + Math.abs(gain).toFixed(1) + " " + scene.points + ".")
    );
  };

  const across = (index) => (clip.length < 2 ? 0 : (index / (clip.length - 1)) * WIDTH);

  const show = () => {
    slider.value = at;
    slider.setAttribute("aria-valuetext", "frame " + clip.frames[at].index);
    picture("input", clip.input);
    picture("truth", clip.truth);
    picture("fixed", clip.tracks[0].film);
    picture("adapted", track.film);
    part("words").textContent = words();
    part("chart").querySelector(".cursor").style.transform = "translateX(" + across(clip.frames[at].index) + "px)";
  };

  const move = (to) => {
    at = Math.min(Math.max(to, 0), clip.frames.length - 1);
    show();
  };

  const play = (on) => {
    clearInterval(timer);
    timer = 0;
    const last = clip.frames.length - 1;
    if (on) {
      if (at === last) {
        move(0);
      }
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      timer = setInterval(() => {
        move(at + 1);
        if (at === last) {
          play(false);
        }
      }, calm ? SLOW_PACE : PACE);
    }
    part("play").textContent = on ? "Pause" : "Play";
    // Nobody wants to hear five sentences per second.
    part("words").setAttribute("aria-live", on ? "off" : "polite");
    if (!on) {
      part("words").textContent = words();
    }
  };

  const goTo = (frame) => {
    play(false);
    move(frame);
  };

  const drawn = (name, attributes) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    return element;
  };

  const chart = () => {
    // The scale of all methods, so that it stays when another one is chosen.
    const values = clip.tracks.flatMap((one) => one.line.map((point) => point[1]));
    const low = values.length ? Math.max(0, Math.floor(Math.min(...values) / 5) * 5) : 0;
    const high = values.length ? Math.max(low + 5, Math.ceil(Math.max(...values) / 5) * 5) : 100;
    const line = (one, kind) => {
      const points = one.line.map(([frame, value]) => across(frame) + "," + ((high - value) / (high - low)) * HEIGHT);
      const element = drawn("polyline", { class: "line " + kind, points: points.join(" ") });
      element.style.setProperty("--colour", one.colour);
      return element;
    };
    const svg = drawn("svg", { viewBox: "0 0 " + WIDTH + " " + HEIGHT, preserveAspectRatio: "none", "aria-hidden": "true" });
    svg.append(
      ...[0.25, 0.5, 0.75].map((y) => drawn("line", { class: "grid", x1: 0, x2: WIDTH, y1: y * HEIGHT, y2: y * HEIGHT })),
      line(clip.tracks[0], "fixed"),
      line(track, "adapted"),
      drawn("line", { class: "cursor", x1: 0, x2: 0, y1: 0, y2: HEIGHT }),
    );
    part("chart").replaceChildren(svg);
    part("chart").setAttribute(
      "aria-label",
      scene.metric + " over the " + clip.length + " frames of video " + chosen(part("video")) + ", fixed model and " + track.title,
    );
    part("high").textContent = scene.metric + " " + high + " " + scene.unit;
    part("low").textContent = low + " " + scene.unit;
    const key = (one, kind, title) => {
      const mark = document.createElement("span");
      mark.className = "key " + kind;
      mark.style.setProperty("--colour", one.colour);
      const entry = document.createElement("span");
      entry.append(mark, title);
      return entry;
    };
    part("legend").replaceChildren(
      key(clip.tracks[0], "fixed", "fixed: " + clip.tracks[0].title),
      key(track, "adapted", track.title),
    );
  };

  /** The picture where the method differs most from the fixed model in one direction, or none. */
  const most = (sign) => {
    let best = -1;
    let largest = 0;
    clip.frames.forEach((frame, place) => {
      const fixed = clip.tracks[0].values[place];
      const adapted = track.values[place];
      const gain = fixed === null || adapted === null ? 0 : sign * (adapted - fixed);
      if (gain > largest) {
        largest = gain;
        best = place;
      }
    });
    return best;
  };

  const chooseMethod = () => {
    track = clip.tracks[part("method").selectedIndex + 1];
    part("fixed").querySelector("figcaption").textContent = "Fixed: " + clip.tracks[0].title;
    part("adapted").querySelector("figcaption").textContent = track.title;
    part("adapted").querySelector("img").alt = track.title;
    part("gain").disabled = most(1) < 0;
    part("loss").disabled = most(-1) < 0;
    chart();
    show();
  };

  const chooseVideo = () => {
    const method = chosen(part("method"));
    clip = data(scene.clips[part("video").selectedIndex].id);
    at = Math.min(at, clip.frames.length - 1);
    slider.max = clip.frames.length - 1;
    part("spacing").textContent = clip.spacing;
    part("end").textContent = "frame " + (clip.length - 1);
    fill(part("method"), clip.tracks.slice(1).map((one) => one.title), method);
    chooseMethod();
    play(false);
  };

  const chooseScene = () => {
    const video = chosen(part("video"));
    scene = scenes[part("scene").selectedIndex];
    fill(part("video"), scene.clips.map((one) => one.video), video);
    chooseVideo();
  };

  part("input").querySelector("img").addEventListener("load", (event) => {
    const { naturalWidth, naturalHeight } = event.target;
    part("pictures").style.setProperty("--shape", naturalWidth + " / " + naturalHeight);
  });
  part("scene").addEventListener("change", chooseScene);
  part("video").addEventListener("change", chooseVideo);
  part("method").addEventListener("change", chooseMethod);
  slider.addEventListener("input", () => goTo(Number(slider.value)));
  part("play").addEventListener("click", () => play(!timer));
  part("back").addEventListener("click", () => goTo(at - 1));
  part("on").addEventListener("click", () => goTo(at + 1));
  part("gain").addEventListener("click", () => goTo(most(1)));
  part("loss").addEventListener("click", () => goTo(most(-1)));
  // Buttons and lists have the key for themselves.
  slider.addEventListener("keydown", (event) => {
    if (event.key === " ") {
      event.preventDefault();
      play(!timer);
    }
  });
  const point = (event) => {
    const box = part("chart").getBoundingClientRect();
    const index = ((event.clientX - box.left) / box.width) * (clip.length - 1);
    const distance = (frame) => Math.abs(frame.index - index);
    const nearest = clip.frames.reduce((one, other) => (distance(other) < distance(one) ? other : one));
    goTo(clip.frames.indexOf(nearest));
  };
  part("chart").addEventListener("pointerdown", point);
  part("chart").addEventListener("pointermove", (event) => {
    if (event.buttons) {
      point(event);
    }
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && timer) {
      play(false);
    }
  });

  fill(part("scene"), scenes.map((one) => one.title), "");
  chooseScene();
  document.getElementById("player").hidden = false;
  document.getElementById("strip").classList.add("on-paper");
})();
