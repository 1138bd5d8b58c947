package io.videottt.catalog;

import io.videottt.metrics.InvalidInputException;
import io.videottt.metrics.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The embedded street scenes: clear-day stills, and clips whose look drifts while one drives. */
final class GeneratedVideos implements VideoSource {

  private static final int CLASSES = 19;
  private static final int CLIP_FRAMES = 40;

  /** Trained weights are only good for these scenes: another seed makes another data set. */
  private static final long SEED = 20_230_711;

  private static final Map<String, GeneratedClip> CLIPS = new LinkedHashMap<>();

  static {
    add("train-stills", 512, Look.CLEAR, GeneratedClip.Motion.STILLS);
    add("val-stills", 96, Look.CLEAR, GeneratedClip.Motion.STILLS);
    add("val-haze", CLIP_FRAMES, new Look(0, 0.7, 0, 0.25, 0.1), GeneratedClip.Motion.RISING);
    add("val-evening", CLIP_FRAMES, new Look(0.75, 0, 0, 0.3, 0.1), GeneratedClip.Motion.RISING);
    add(
        "val-drizzle",
        CLIP_FRAMES,
        new Look(0.2, 0.1, 0.6, 0, 0.35),
        GeneratedClip.Motion.RISING_AND_FALLING);
    add("test-dusk", CLIP_FRAMES, new Look(0.9, 0, 0, 0, 0.1), GeneratedClip.Motion.RISING);
    add("test-fog", CLIP_FRAMES, new Look(0, 1, 0, 0, 0.1), GeneratedClip.Motion.RISING);
    add("test-rain", CLIP_FRAMES, new Look(0.3, 0.2, 1, 0, 0.3), GeneratedClip.Motion.RISING);
    add(
        "test-cast",
        CLIP_FRAMES,
        new Look(0.1, 0, 0, 1, 0.6),
        GeneratedClip.Motion.RISING_AND_FALLING);
    // For long runs only: what it shows matters less than that it does not end.
    add("soak", 2000, new Look(0.2, 0.1, 0.6, 0, 0.35), GeneratedClip.Motion.STILLS);
  }

  private final DataSetDefinition definition;
  private final SourceClasses classes;

  GeneratedVideos(DataSetDefinition definition) {
    this.definition = definition;
    this.classes = new SourceClasses(definition);
    if (definition.classCount() != CLASSES) {
      throw new InvalidInputException(
          "data set %s: generated scenes have the %d classes of Cityscapes, not %d"
              .formatted(definition.name(), CLASSES, definition.classCount()));
    }
  }

  private static void add(String id, int frames, Look look, GeneratedClip.Motion motion) {
    long seed = LatticeHash.child(SEED, CLIPS.size());
    CLIPS.put(id, new GeneratedClip(id, frames, seed, look, motion));
  }

  @Override
  public List<String> videoIds(SplitDefinition split) {
    return split.videos();
  }

  @Override
  public Video video(SplitDefinition split, String id, Set<Task> tasks) {
    GeneratedClip clip = CLIPS.get(id);
    if (clip == null) {
      throw new InvalidInputException(
          "data set %s: no generated video is called \"%s\"; there are %s"
              .formatted(definition.name(), id, String.join(", ", CLIPS.keySet())));
    }
    return new GeneratedVideo(
        clip,
        split.framesPerSecond(definition),
        split.labels() == LabelPolicy.NONE ? Set.of() : tasks,
        classes);
  }
}
