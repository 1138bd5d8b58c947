package io.videottt.catalog.scenes;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.LabelPolicy;
import io.videottt.catalog.definition.SourceClasses;
import io.videottt.catalog.definition.SplitDefinition;
import io.videottt.catalog.definition.VideoSource;
import io.videottt.catalog.file.InputFiles;
import io.videottt.catalog.video.Video;
import java.util.List;
import java.util.Set;

/** The embedded street scenes, drawn on the fly. */
final class GeneratedVideos implements VideoSource {

  private static final int CLASSES = 19;
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

  @Override
  public List<String> videoIds(SplitDefinition split) {
    return split.videos();
  }

  @Override
  public Video video(SplitDefinition split, String id, Set<Task> tasks) {
    return new GeneratedVideo(
        clip(id),
        split.framesPerSecond(definition),
        split.labels() == LabelPolicy.NONE ? Set.of() : tasks,
        classes);
  }

  @Override
  public void addFiles(SplitDefinition split, String id, InputFiles files) {
    clip(id);
  }

  private GeneratedClip clip(String id) {
    GeneratedClip clip = EmbeddedClips.BY_ID.get(id);
    if (clip == null) {
      throw new InvalidInputException(
          "data set %s: no generated video is called \"%s\"; there are %s"
              .formatted(definition.name(), id, String.join(", ", EmbeddedClips.BY_ID.keySet())));
    }
    return clip;
  }
}
