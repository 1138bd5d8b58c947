package io.videottt.catalog;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.videottt.metrics.InvalidInputException;
import io.videottt.metrics.Task;
import java.io.Serializable;
import java.util.Set;

/** Where the files of a data set lie below its root, or that there are none. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Layout.LabelMaps.class, name = "label-maps"),
  @JsonSubTypes.Type(value = Layout.KittiStep.class, name = "kitti-step"),
  @JsonSubTypes.Type(value = Layout.Cityscapes.class, name = "cityscapes"),
  @JsonSubTypes.Type(value = Layout.Generated.class, name = "generated"),
})
public sealed interface Layout extends Serializable {

  /** The tasks that the files hold ground truth for. */
  default Set<Task> tasks() {
    return Set.of(Task.SEMANTIC);
  }

  /**
   * Files in folders: {@code ROOT/IMAGES/[SPLIT FOLDER/]VIDEO/NAME + SUFFIX}, and the same for
   * labels. The order of frames is the natural order of their names.
   */
  sealed interface Folders extends Layout {

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
  }

  /** A label image beside every image (CamVid, or a user's own data); every name can be set. */
  record LabelMaps(
      String images,
      String imageSuffix,
      String labels,
      String labelSuffix,
      LabelEncoding labelEncoding)
      implements Folders {

    /** Fills the defaults and checks the values. */
    public LabelMaps {
      images = images == null ? "images" : images;
      imageSuffix = imageSuffix == null ? ".jpg" : imageSuffix;
      labels = labels == null ? "labels" : labels;
      labelSuffix = labelSuffix == null ? ".png" : labelSuffix;
      labelEncoding = labelEncoding == null ? LabelEncoding.SINGLE_CHANNEL : labelEncoding;
      SafePaths.requireRelative(images, "images");
      SafePaths.requireRelative(labels, "labels");
      if (imageSuffix.contains("/") || labelSuffix.contains("/")) {
        throw new InvalidInputException(
            "imageSuffix and labelSuffix end file names and hold no '/', for example .png");
      }
    }
  }

  /** KITTI-STEP as its authors publish it: panoptic maps whose red channel is the class. */
  record KittiStep() implements Folders {

    @Override
    public String images() {
      return "images";
    }

    @Override
    public String imageSuffix() {
      return ".png";
    }

    @Override
    public String labels() {
      return "panoptic_maps";
    }

    @Override
    public String labelSuffix() {
      return ".png";
    }

    @Override
    public LabelEncoding labelEncoding() {
      return LabelEncoding.RED_CHANNEL;
    }
  }

  /** Cityscapes: each city's stills count as one video; labels hold the 34 label ids. */
  record Cityscapes() implements Folders {

    @Override
    public String images() {
      return "leftImg8bit";
    }

    @Override
    public String imageSuffix() {
      return "_leftImg8bit.png";
    }

    @Override
    public String labels() {
      return "gtFine";
    }

    @Override
    public String labelSuffix() {
      return "_gtFine_labelIds.png";
    }

    @Override
    public LabelEncoding labelEncoding() {
      return LabelEncoding.SINGLE_CHANNEL;
    }
  }

  /** The embedded street scenes: no files, every frame is computed. */
  record Generated() implements Layout {

    @Override
    public Set<Task> tasks() {
      return Set.of(Task.values());
    }
  }
}
