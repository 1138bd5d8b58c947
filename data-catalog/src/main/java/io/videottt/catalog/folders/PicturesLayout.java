package io.videottt.catalog.folders;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.Layout;
import io.videottt.catalog.definition.SplitDefinition;
import io.videottt.catalog.definition.VideoSource;
import io.videottt.catalog.file.FileProblem;
import io.videottt.catalog.file.InputFiles;
import io.videottt.catalog.truth.TruthFinder;
import io.videottt.catalog.truth.TruthSource;
import io.videottt.io.storage.SafePaths;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * Videos as folders of pictures, {@code ROOT/IMAGES/[SPLIT FOLDER/]VIDEO/NAME + SUFFIX}, that
 * nobody has annotated: data for tasks whose ground truth is the frame itself.
 *
 * @param images folder of the pictures below the root
 * @param imageSuffix what follows a frame's name in its file name
 */
public record PicturesLayout(String images, String imageSuffix) implements Layout {

  /** Every name as it is left out. */
  public PicturesLayout() {
    this(null, null);
  }

  /** Fills the defaults and checks the values. */
  public PicturesLayout {
    images = images == null ? "images" : images;
    imageSuffix = imageSuffix == null ? ".jpg" : imageSuffix;
    SafePaths.requireRelative(images, "images");
    if (imageSuffix.contains("/")) {
      throw new InvalidInputException(
          "imageSuffix ends file names and holds no '/', for example .png");
    }
  }

  @Override
  public String type() {
    return "pictures";
  }

  /** None: the pictures come without annotation. */
  @Override
  public Set<Task> tasks() {
    return Set.of();
  }

  @Override
  public String reading() {
    return "Pictures";
  }

  @Override
  public VideoSource open(DataSetDefinition definition, Configuration hadoop) {
    return new FolderVideos(definition, images, imageSuffix, Unannotated.FRAMES, hadoop);
  }

  /** The ground truth of frames without annotation. */
  private enum Unannotated implements TruthFinder {
    FRAMES;

    @Override
    public TruthSource find(
        SplitDefinition split, String video, Set<String> frames, Set<Task> tasks) {
      return TruthSource.NONE;
    }

    @Override
    public void addFiles(
        SplitDefinition split, String video, Set<String> frames, InputFiles files) {
      // There are none.
    }

    @Override
    public List<FileProblem> unmatched(SplitDefinition split, Set<String> videos) {
      return List.of();
    }
  }
}
