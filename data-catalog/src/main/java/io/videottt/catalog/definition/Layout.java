package io.videottt.catalog.definition;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.image.LabelEncoding;
import io.videottt.io.storage.SafePaths;
import java.io.Serializable;
import java.util.Set;

/** Where the files of a data set lie below its root, or that there are none. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Layout.LabelMaps.class, name = "label-maps"),
  @JsonSubTypes.Type(value = Layout.KittiStep.class, name = "kitti-step"),
  @JsonSubTypes.Type(value = Layout.Cityscapes.class, name = "cityscapes"),
  @JsonSubTypes.Type(value = Layout.CocoPanoptic.class, name = "coco-panoptic"),
  @JsonSubTypes.Type(value = Layout.CocoInstances.class, name = "coco-instances"),
  @JsonSubTypes.Type(value = Layout.CocoVideos.class, name = "coco-videos"),
  @JsonSubTypes.Type(value = Layout.Generated.class, name = "generated"),
})
public sealed interface Layout extends Serializable {

  /** In a name of {@code CocoPanoptic} or {@code CocoInstances}: the split's folder. */
  String FOLDER = "{folder}";

  /** The tasks that the files hold ground truth for. */
  default Set<Task> tasks() {
    return Set.of(Task.SEMANTIC);
  }

  /** The largest id of a class: a byte in label images, anything in annotations. */
  default long largestSourceId() {
    return 255;
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

  /**
   * KITTI-STEP as its authors publish it: panoptic maps whose red channel is the class and whose
   * green and blue channels are the instance (256 green + blue). Stuff of one class is one segment.
   * A thing without instance number is a crowd, as in the authors' code (DeepLab2). Gray images
   * {@code NAME_sem.png} and sizes {@code NAME.json} beside the maps are read where they are.
   */
  record KittiStep() implements Folders {

    @Override
    public Set<Task> tasks() {
      return Set.of(Task.values());
    }

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

    /** The images that the paper's released code scores semantic segmentation by. */
    @Override
    public String graySuffix() {
      return "_sem.png";
    }

    @Override
    public String sizeSuffix() {
      return ".json";
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

  /**
   * Stills as COCO publishes them for panoptic segmentation. All images of a split are one video
   * (for training, order means nothing), in ascending order of their ids. Every file or folder may
   * hold {@value #FOLDER}.
   *
   * @param images folder of the images
   * @param panoptic JSON file with images and segments
   * @param masks folder of the PNG files with the segments' ids
   * @param instances JSON file with the objects for instance segmentation, of which the things
   *     count; empty for none
   */
  record CocoPanoptic(String images, String panoptic, String masks, String instances)
      implements Layout {

    /** Fills the defaults and checks the values. */
    public CocoPanoptic {
      images = images == null ? FOLDER : images;
      panoptic = panoptic == null ? "annotations/panoptic_" + FOLDER + ".json" : panoptic;
      masks = masks == null ? "annotations/panoptic_" + FOLDER : masks;
      instances = instances == null ? "" : instances;
      SafePaths.requireRelative(images, "images");
      SafePaths.requireRelative(panoptic, "panoptic");
      SafePaths.requireRelative(masks, "masks");
      if (!instances.isEmpty()) {
        SafePaths.requireRelative(instances, "instances");
      }
    }

    @Override
    public long largestSourceId() {
      return Long.MAX_VALUE;
    }

    @Override
    public Set<Task> tasks() {
      return instances.isEmpty() ? Set.of(Task.SEMANTIC, Task.PANOPTIC) : Set.of(Task.values());
    }
  }

  /**
   * Stills as COCO publishes them for instance segmentation; see {@code CocoPanoptic}.
   *
   * @param images folder of the images
   * @param instances JSON file with images and objects, of which the things count
   */
  record CocoInstances(String images, String instances) implements Layout {

    /** Fills the defaults and checks the values. */
    public CocoInstances {
      images = images == null ? FOLDER : images;
      instances = instances == null ? "annotations/instances_" + FOLDER + ".json" : instances;
      SafePaths.requireRelative(images, "images");
      SafePaths.requireRelative(instances, "instances");
    }

    @Override
    public long largestSourceId() {
      return Long.MAX_VALUE;
    }

    @Override
    public Set<Task> tasks() {
      return Set.of(Task.INSTANCE);
    }
  }

  /**
   * COCO Videos as the paper's authors release it: {@code IMAGES/VIDEO/NAME + SUFFIX}, {@code
   * MASKS/VIDEO/} with the PNG files of the segments' ids and {@code PANOPTIC/VIDEO.json} with the
   * segments. Frames that the JSON does not annotate are for adaptation only.
   *
   * @param images folder of the videos
   * @param imageSuffix what follows a frame's name in its image's file name
   * @param panoptic folder of the JSON files with the segments
   * @param masks folder of the videos' PNG files
   * @param instances folder of JSON files with the objects for instance segmentation; empty where
   *     the segments are the objects, as in the released code
   * @param stuffObjects whether stuff counts as objects too, as in the released code: a model of
   *     things finds none of it, which lowers the mean over the classes; false when left out
   */
  record CocoVideos(
      String images,
      String imageSuffix,
      String panoptic,
      String masks,
      String instances,
      boolean stuffObjects)
      implements Layout {

    /** Fills the defaults and checks the values. */
    public CocoVideos {
      images = images == null ? "raw_images" : images;
      imageSuffix = imageSuffix == null ? ".png" : imageSuffix;
      panoptic = panoptic == null ? "annotations/train" : panoptic;
      masks = masks == null ? "panoptic_images" : masks;
      instances = instances == null ? "" : instances;
      SafePaths.requireRelative(images, "images");
      SafePaths.requireRelative(panoptic, "panoptic");
      SafePaths.requireRelative(masks, "masks");
      if (!instances.isEmpty()) {
        SafePaths.requireRelative(instances, "instances");
      }
      if (imageSuffix.contains("/")) {
        throw new InvalidInputException(
            "imageSuffix ends file names and holds no '/', for example .png");
      }
    }

    @Override
    public long largestSourceId() {
      return Long.MAX_VALUE;
    }

    @Override
    public Set<Task> tasks() {
      return Set.of(Task.values());
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
