package io.videottt.catalog.folders;

import io.videottt.base.Task;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.Layout;
import io.videottt.catalog.definition.SourceClasses;
import io.videottt.catalog.definition.VideoSource;
import io.videottt.catalog.image.LabelEncoding;
import io.videottt.catalog.truth.StoredTruth;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Files in folders: {@code ROOT/IMAGES/[SPLIT FOLDER/]VIDEO/NAME + SUFFIX}, and the same for
 * labels. The order of frames is the natural order of their names.
 */
interface FolderLayout extends Layout {

  /** Folder of the images below the root. */
  String images();

  /** What follows a frame's name in its image's file name. */
  String imageSuffix();

  /** Folder of the labels below the root. */
  String labels();

  /** What follows a frame's name in its label file's name. */
  String labelSuffix();

  /** How a label file stores class ids. */
  LabelEncoding labelEncoding();

  /**
   * What follows a frame's name in the name of a gray image of class ids beside its labels, which
   * goes before them for semantic segmentation; empty for none.
   */
  default String graySuffix() {
    return "";
  }

  /**
   * What follows a frame's name in the name of a JSON file with its size beside such an image;
   * empty for none.
   */
  default String sizeSuffix() {
    return "";
  }

  /**
   * The ground truth in a label file.
   *
   * @param tasks some of the layout's
   */
  default StoredTruth truth(
      Path file, Set<Task> tasks, SourceClasses classes, Configuration hadoop) {
    return new LabelImage(file, labelEncoding(), classes, hadoop);
  }

  @Override
  default VideoSource open(DataSetDefinition definition, Configuration hadoop) {
    return new FolderVideos(
        definition, images(), imageSuffix(), new LabelFolders(this, definition, hadoop), hadoop);
  }
}
