package io.videottt.catalog.miniature;

import io.videottt.catalog.image.LatticeHash;
import io.videottt.catalog.scenes.GeneratedClip;
import io.videottt.catalog.scenes.GeneratedVideo;
import io.videottt.catalog.scenes.Look;
import io.videottt.catalog.shift.Course;
import java.util.List;

/** The streets that the pictures of a miniature show: none of them is an embedded video. */
final class MiniatureScenes {

  private static final long SEED = 20_230_712;

  /** What becomes of the weather in videos, one after another. */
  private static final List<Look> LOOKS =
      List.of(
          new Look(0.9, 0, 0, 0, 0.1),
          new Look(0, 1, 0, 0, 0.1),
          new Look(0.3, 0.2, 1, 0, 0.3),
          new Look(0.1, 0, 0, 1, 0.6));

  private MiniatureScenes() {}

  /**
   * A drive whose look grows from a clear day to its full strength.
   *
   * @param group tells the videos of data sets apart
   * @param number of the video in its group, which decides the look
   */
  static GeneratedVideo drive(String id, int frames, int group, int number) {
    return new GeneratedVideo(
        GeneratedClip.drive(
            id,
            frames,
            seed(group, number),
            GeneratedClip.Stage.of(Course.RISES, LOOKS.get(number % LOOKS.size()))));
  }

  /** Stills of clear days, each of another street. */
  static GeneratedVideo stills(String id, int frames, int group, int number) {
    return new GeneratedVideo(GeneratedClip.stills(id, frames, seed(group, number), Look.CLEAR));
  }

  private static long seed(int group, int number) {
    return LatticeHash.child(LatticeHash.child(SEED, group), number);
  }
}
