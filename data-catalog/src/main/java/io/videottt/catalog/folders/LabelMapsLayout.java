package io.videottt.catalog.folders;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.image.LabelEncoding;
import io.videottt.io.storage.SafePaths;

/**
 * A label image beside every image (CamVid, or a user's own data); every name can be set.
 *
 * @param images folder of the images below the root
 * @param imageSuffix what follows a frame's name in its image's file name
 * @param labels folder of the labels below the root
 * @param labelSuffix what follows a frame's name in its label file's name
 * @param labelEncoding how a label file stores class ids
 */
public record LabelMapsLayout(
    String images,
    String imageSuffix,
    String labels,
    String labelSuffix,
    LabelEncoding labelEncoding)
    implements FolderLayout {

  /** Every name as it is left out. */
  public LabelMapsLayout() {
    this(null, null, null, null, null);
  }

  /** Fills the defaults and checks the values. */
  public LabelMapsLayout {
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

  @Override
  public String type() {
    return "label-maps";
  }

  @Override
  public String reading() {
    return "LabelMaps, " + labelEncoding;
  }
}
