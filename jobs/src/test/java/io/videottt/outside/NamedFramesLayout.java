package io.videottt.outside;

import io.videottt.base.Task;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.Layout;
import io.videottt.catalog.definition.SourceClasses;
import io.videottt.catalog.definition.SplitDefinition;
import io.videottt.catalog.definition.VideoSource;
import io.videottt.catalog.file.FileProblem;
import io.videottt.catalog.file.InputFiles;
import io.videottt.catalog.file.Problems;
import io.videottt.catalog.folders.FolderVideos;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.truth.StoredTruth;
import io.videottt.catalog.truth.TruthFinder;
import io.videottt.catalog.truth.TruthSource;
import io.videottt.catalog.video.GroundTruth;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * A layout as somebody else would write it, over the catalogue's own folders of pictures: a frame
 * is of one class, the number behind the hyphen in its file's name.
 *
 * @param height rows of every frame, pixels
 * @param width columns of every frame, pixels
 */
public record NamedFramesLayout(int height, int width) implements Layout {

  public NamedFramesLayout() {
    this(0, 0);
  }

  @Override
  public String type() {
    return "named-frames";
  }

  @Override
  public VideoSource open(DataSetDefinition definition, Configuration hadoop) {
    SourceClasses classes = new SourceClasses(definition);
    return new FolderVideos(definition, "pictures", ".png", new Names(this, classes), hadoop);
  }

  private record Names(NamedFramesLayout layout, SourceClasses classes) implements TruthFinder {

    @Override
    public TruthSource find(
        SplitDefinition split, String video, Set<String> frames, Set<Task> tasks) {
      return frame ->
          frame.contains("-") ? Optional.of(new Name(layout, classes, frame)) : Optional.empty();
    }

    @Override
    public void addFiles(
        SplitDefinition split, String video, Set<String> frames, InputFiles files) {
      // The names of the pictures are all there is.
    }

    @Override
    public List<FileProblem> unmatched(SplitDefinition split, Set<String> videos) {
      return List.of();
    }
  }

  private record Name(NamedFramesLayout layout, SourceClasses classes, String frame)
      implements StoredTruth {

    @Override
    public String source() {
      return frame;
    }

    @Override
    public GroundTruth read(Problems problems) {
      byte[] labels = new byte[layout.height * layout.width];
      Arrays.fill(labels, (byte) classes.of(Long.parseLong(frame.split("-")[1])));
      return GroundTruth.ofLabels(new LabelMap(layout.height, layout.width, labels));
    }
  }
}
