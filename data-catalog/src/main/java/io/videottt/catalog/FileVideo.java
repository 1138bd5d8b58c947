package io.videottt.catalog;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A video whose frames are image files. */
final class FileVideo implements Video {

  private static final int MAXIMUM_FILE_LENGTH = 256 << 20;

  private final String id;
  private final double framesPerSecond;
  private final List<FrameFiles> frames;
  private final DataSetDefinition definition;
  private final byte[] trainingIds;
  private final LabelEncoding encoding;
  private final Configuration hadoop;

  FileVideo(
      String id,
      double framesPerSecond,
      List<FrameFiles> frames,
      DataSetDefinition definition,
      LabelEncoding encoding,
      Configuration hadoop) {
    this.id = id;
    this.framesPerSecond = framesPerSecond;
    this.frames = List.copyOf(frames);
    this.definition = definition;
    this.trainingIds = definition.trainingIds();
    this.encoding = encoding;
    this.hadoop = hadoop;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public int frameCount() {
    return frames.size();
  }

  @Override
  public double framesPerSecond() {
    return framesPerSecond;
  }

  @Override
  public String frameName(int index) {
    return frames.get(index).name();
  }

  @Override
  public boolean annotated(int index) {
    return frames.get(index).labels().isPresent();
  }

  @Override
  public Frame read(int index) {
    RgbImage image = readImage(index);
    if (!annotated(index)) {
      return new Frame(index, frameName(index), image, GroundTruth.none());
    }
    LabelMap labels = readLabels(index);
    requireSameSize(index, image, labels);
    return new Frame(index, frameName(index), image, GroundTruth.ofLabels(labels));
  }

  @Override
  public FrameStream stream() {
    return new PrefetchingFrameStream(this);
  }

  RgbImage readImage(int index) {
    Path path = frames.get(index).image();
    return ImageDecoder.decodeColour(bytes(path), path.toString());
  }

  /** The labels of an annotated frame as training ids. */
  LabelMap readLabels(int index) {
    Path path = frames.get(index).labels().orElseThrow();
    LabelMap map = ImageDecoder.decodeLabels(bytes(path), path.toString(), encoding);
    byte[] labels = map.labels();
    for (int i = 0; i < labels.length; i++) {
      byte trainingId = trainingIds[labels[i] & 0xff];
      if (DataSetDefinition.isUnknown(trainingId)) {
        throw new FileProblem(
            CatalogCheck.Kind.UNKNOWN_LABEL,
            "%s: label id %d at row %d, column %d is none of the %d classes of %s nor ignored"
                .formatted(
                    path,
                    labels[i] & 0xff,
                    i / map.width(),
                    i % map.width(),
                    definition.classCount(),
                    definition.name()));
      }
      labels[i] = trainingId;
    }
    return map;
  }

  void requireSameSize(int index, RgbImage image, LabelMap labels) {
    if (labels.height() != image.height() || labels.width() != image.width()) {
      throw new FileProblem(
          CatalogCheck.Kind.WRONG_SIZE,
          "%s: the labels are %d x %d, the image %s is %d x %d (width x height)"
              .formatted(
                  frames.get(index).labels().orElseThrow(),
                  labels.width(),
                  labels.height(),
                  frames.get(index).image(),
                  image.width(),
                  image.height()));
    }
  }

  private byte[] bytes(Path path) {
    return StoredFiles.read(path, MAXIMUM_FILE_LENGTH, hadoop);
  }
}
