package io.videottt.catalog.folders;

import io.videottt.catalog.image.LabelEncoding;

/** Cityscapes: each city's stills count as one video; labels hold the 34 label ids. */
public record CityscapesLayout() implements FolderLayout {

  @Override
  public String type() {
    return "cityscapes";
  }

  @Override
  public String reading() {
    return "Cityscapes, " + labelEncoding();
  }

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
