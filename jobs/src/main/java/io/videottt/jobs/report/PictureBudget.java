package io.videottt.jobs.report;

import io.videottt.jobs.drawing.VideoPreviews;
import io.videottt.jobs.query.PicturedUnit;
import io.videottt.jobs.query.PicturedUnit.Pictures;
import io.videottt.jobs.query.PreviewQueries;
import io.videottt.jobs.report.ClipChoice.Choice;
import io.videottt.reports.EvaluationSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Fits pictures into what a page may weigh: frames are thinned evenly, of every video by the same
 * number, and where a dozen frames per video are still too much, videos are left out, the last ones
 * of every evaluation set and model first. Sizes are those of the page's text, upper bounds: the
 * page is never above its budget.
 */
final class PictureBudget {

  /** Thinned below that, a video is left out instead. */
  static final int LEAST_FRAMES = 12;

  /** Names, quotes and commas around what is counted. */
  private static final int PER_CLIP = 4_000;

  private static final int PER_TRACK = 500;
  private static final int PER_FRAME = 700;
  private static final int PER_POINT = 16;

  /** A number with all its digits. */
  private static final int PER_VALUE = 30;

  /** The quotes around a picture, or that there is none. */
  private static final int PER_PICTURE = 10;

  /** Frames of the strip that stands beside the player. */
  private static final int STRIP_FRAMES = 5;

  /**
   * What is shown.
   *
   * @param clips with the indices of their frames
   * @param step of the frames of which pictures are kept every step-th is shown
   * @param bytes upper bound of what it takes
   * @param wholeBytes the same if everything were shown
   */
  record Fitted(Map<Choice, List<Integer>> clips, int step, long bytes, long wholeBytes) {}

  /** Pictures of one video that several clips have in common, told by frames and sizes. */
  private record Shared(
      EvaluationSet set, String video, List<Integer> frames, List<Integer> sizes) {}

  private final long budget;

  /**
   * @param budget bytes, 0 for no pictures
   */
  PictureBudget(long budget) {
    this.budget = budget;
  }

  /** What of the clips fits. */
  Fitted fit(List<Choice> all) {
    long whole = bytes(all, 1);
    List<Choice> kept = new ArrayList<>();
    for (Choice next : inTurn(all)) {
      kept.add(next);
      if (bytes(kept, VideoPreviews.MOST_FRAMES) > budget) {
        kept.remove(kept.size() - 1);
        break;
      }
    }
    // In the order in which they came.
    List<Choice> shown = all.stream().filter(new HashSet<>(kept)::contains).toList();
    int step = 1;
    while (bytes(shown, step) > budget && step < VideoPreviews.MOST_FRAMES) {
      step++;
    }
    Map<Choice, List<Integer>> clips = new LinkedHashMap<>();
    for (Choice clip : shown) {
      clips.put(clip, frames(clip, step));
    }
    return new Fitted(clips, step, bytes(shown, step), whole);
  }

  /** The first video of every evaluation set and model, then the second ones. */
  private static List<Choice> inTurn(List<Choice> all) {
    Map<List<Object>, List<Choice>> scenes = new LinkedHashMap<>();
    for (Choice clip : all) {
      scenes
          .computeIfAbsent(List.of(clip.set(), clip.model()), which -> new ArrayList<>())
          .add(clip);
    }
    int longest = scenes.values().stream().mapToInt(List::size).max().orElse(0);
    return IntStream.range(0, longest)
        .boxed()
        .flatMap(
            round ->
                scenes.values().stream()
                    .filter(scene -> round < scene.size())
                    .map(scene -> scene.get(round)))
        .toList();
  }

  /** Indices of every step-th pictured frame, but {@link #LEAST_FRAMES} where there are so many. */
  static List<Integer> frames(Choice clip, int step) {
    List<Pictures> pictures = clip.fixed().pictures();
    int own = Math.max(1, Math.min(step, pictures.size() / LEAST_FRAMES));
    return IntStream.iterate((own - 1) / 2, i -> i < pictures.size(), i -> i + own)
        .mapToObj(i -> pictures.get(i).frame())
        .toList();
  }

  private static long bytes(List<Choice> clips, int step) {
    long bytes = 0;
    Set<Shared> seen = new HashSet<>();
    for (Choice clip : clips) {
      List<Integer> frames = frames(clip, step);
      Set<Integer> shown = new HashSet<>(frames);
      bytes += PER_CLIP + (long) PER_FRAME * frames.size();
      List<Integer> inputs = new ArrayList<>();
      List<Integer> truths = new ArrayList<>();
      for (Pictures p : clip.fixed().pictures()) {
        if (shown.contains(p.frame())) {
          inputs.add(p.input());
          truths.add(p.truth());
        }
      }
      EvaluationSet set = clip.set();
      // All tasks see the same frames.
      EvaluationSet anyTask = new EvaluationSet(set.dataset(), set.split(), null);
      if (seen.add(new Shared(anyTask, clip.video(), frames, inputs))) {
        bytes += encoded(inputs);
      }
      if (seen.add(new Shared(set, clip.video(), frames, truths))) {
        bytes += encoded(truths);
      }
      for (PicturedUnit unit : clip.units()) {
        bytes += PER_TRACK + (long) PER_POINT * points(unit.pictures());
        bytes += (long) (PER_VALUE + PER_PICTURE) * frames.size();
        bytes +=
            encoded(
                unit.pictures().stream()
                    .filter(p -> shown.contains(p.frame()))
                    .map(Pictures::prediction)
                    .toList());
      }
    }
    return bytes + (clips.isEmpty() ? 0 : strip(clips.get(0)));
  }

  /** Points of a line over the video: as many as frames, if the last gap is like the others. */
  private static int points(List<Pictures> pictures) {
    if (pictures.size() < 2) {
      return PreviewQueries.MOST_POINTS;
    }
    int last = pictures.get(pictures.size() - 1).frame();
    int gap = last - pictures.get(pictures.size() - 2).frame();
    return Math.min(PreviewQueries.MOST_POINTS, last + gap + 1);
  }

  /** Four pictures of each of a few frames, once more. */
  private static long strip(Choice clip) {
    int largest =
        clip.units().stream()
            .flatMap(unit -> unit.pictures().stream())
            .mapToInt(p -> Math.max(p.prediction(), p.truth()))
            .max()
            .orElse(0);
    int input = clip.fixed().pictures().stream().mapToInt(Pictures::input).max().orElse(0);
    return PER_CLIP + STRIP_FRAMES * (3 * base64(largest) + base64(input));
  }

  private static long encoded(List<Integer> sizes) {
    return sizes.stream().mapToLong(size -> base64(size) + PER_PICTURE).sum();
  }

  private static long base64(int bytes) {
    return (bytes + 2L) / 3 * 4;
  }
}
