package io.videottt.catalog.folders;

import io.videottt.catalog.file.FileProblem;
import io.videottt.catalog.file.Leftovers;
import io.videottt.catalog.file.Problems;
import io.videottt.catalog.file.StoredFiles;
import io.videottt.catalog.image.ImageDecoder;
import io.videottt.catalog.image.Orientation;
import io.videottt.catalog.image.RgbImage;
import io.videottt.catalog.truth.StoredTruth;
import io.videottt.catalog.truth.TruthSource;
import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.GroundTruth;
import io.videottt.catalog.video.Video;
import io.videottt.metrics.InstanceTruth;
import io.videottt.metrics.PanopticMap;
import io.videottt.metrics.RunLengthMask;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A video whose frames are image files. */
public final class FileVideo implements Video {

  private final String id;
  private final double framesPerSecond;
  private final List<FrameFile> frames;
  private final TruthSource truths;
  private final Leftovers leftovers;
  private final Configuration hadoop;

  public FileVideo(
      String id,
      double framesPerSecond,
      List<FrameFile> frames,
      TruthSource truths,
      Leftovers leftovers,
      Configuration hadoop) {
    this.id = id;
    this.framesPerSecond = framesPerSecond;
    this.frames = List.copyOf(frames);
    this.truths = truths;
    this.leftovers = leftovers;
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
    truths.problems().forEach(Problems.REFUSED::add);
    return storedTruth(index).isPresent();
  }

  @Override
  public Frame read(int index) {
    RgbImage image = readImage(index);
    if (!annotated(index)) {
      return new Frame(index, frameName(index), image, GroundTruth.none());
    }
    StoredTruth stored = storedTruth(index).orElseThrow();
    GroundTruth truth = stored.read(Problems.REFUSED);
    requireSameSize(index, image, stored.source(), truth);
    return new Frame(index, frameName(index), image, truth);
  }

  @Override
  public List<String> unmatched() {
    return leftovers.problems().stream().map(FileProblem::getMessage).toList();
  }

  public Leftovers leftovers() {
    return leftovers;
  }

  public List<FrameFile> frames() {
    return frames;
  }

  public TruthSource truths() {
    return truths;
  }

  public RgbImage readImage(int index) {
    Path path = frames.get(index).image();
    return ImageDecoder.decodeColour(StoredFiles.image(path, hadoop), path.toString());
  }

  public Optional<StoredTruth> storedTruth(int index) {
    return truths.of(frameName(index));
  }

  public void requireSameSize(int index, RgbImage image, String source, GroundTruth truth) {
    truth.labels().ifPresent(map -> requireSize(index, image, source, map.height(), map.width()));
    if (truth.panoptic().isPresent()) {
      PanopticMap map = truth.panoptic().get();
      requireSize(index, image, source, map.height(), map.width());
    }
    for (InstanceTruth object : truth.instances().orElse(List.of())) {
      RunLengthMask mask = object.mask();
      requireSize(index, image, source, mask.height(), mask.width());
    }
  }

  private void requireSize(int index, RgbImage image, String source, int height, int width) {
    if (height != image.height() || width != image.width()) {
      throw new FileProblem(
          FileProblem.Kind.WRONG_SIZE,
          "%s: the labels are %d x %d, the image %s is %d x %d (width x height)%s"
              .formatted(
                  source,
                  width,
                  height,
                  frames.get(index).image(),
                  image.width(),
                  image.height(),
                  turned(index, image, height, width)));
    }
  }

  /** Labels of a photograph as it is stored, not as it is seen, are easily drawn. */
  private String turned(int index, RgbImage image, int height, int width) {
    if (height != image.width() || width != image.height()) {
      return "";
    }
    Path path = frames.get(index).image();
    Orientation orientation =
        ImageDecoder.orientation(StoredFiles.image(path, hadoop), path.toString());
    return orientation.exchangesSides()
        ? ", turned as its EXIF orientation %d says; turn the labels, too, or remove the tag"
            .formatted(orientation.tag())
        : "";
  }
}
