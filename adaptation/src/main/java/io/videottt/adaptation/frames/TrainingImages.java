package io.videottt.adaptation.frames;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.image.ImageResize;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.image.RgbImage;
import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.Video;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Images of the training split at a resolution, in any order. Decoded images are kept while they
 * fit into a bound; the others are decoded again whenever they are asked for. Thread-safe.
 */
public final class TrainingImages {

  private static final int STATISTICS_IMAGES = 200;

  private final Task task;
  private final WorkingSize size;
  private final long cacheBytes;
  private final List<Source> sources = new ArrayList<>();
  private final Image[] cache;
  private long cachedBytes;
  private ColourStatistics statistics;

  private record Source(Video video, int frame) {}

  /**
   * An image and, where it is annotated, its annotation, all at the pool's resolution.
   *
   * @param labels semantic labels, where the video was opened with them
   * @param segments for panoptic and instance segmentation, else empty
   * @param colours for colorization the image in colour, else empty
   */
  public record Image(
      RgbImage pixels,
      Optional<LabelMap> labels,
      List<TrainingSegment> segments,
      Optional<RgbImage> colours) {

    long bytes() {
      return pixels.pixels().length
          + labels.map(map -> map.labels().length).orElse(0)
          + colours.map(image -> image.pixels().length).orElse(0)
          + segments.stream().mapToLong(TrainingSegment::bytes).sum();
    }
  }

  /**
   * @param videos the training split
   * @param annotatedOnly whether frames without labels are left out
   * @param task whose annotation is read
   * @param size resolution that images and annotations are resized to
   * @param cacheBytes bound of the memory for decoded images
   */
  public TrainingImages(
      List<Video> videos, boolean annotatedOnly, Task task, WorkingSize size, long cacheBytes) {
    this.task = task;
    this.size = size;
    this.cacheBytes = cacheBytes;
    for (Video video : videos) {
      for (int frame = 0; frame < video.frameCount(); frame++) {
        if (!annotatedOnly || video.annotated(frame)) {
          sources.add(new Source(video, frame));
        }
      }
    }
    if (sources.isEmpty()) {
      throw new InvalidInputException(
          "the training split has no %sframes in its %d videos"
              .formatted(annotatedOnly ? "annotated " : "", videos.size()));
    }
    this.cache = new Image[sources.size()];
  }

  public int count() {
    return sources.size();
  }

  public WorkingSize size() {
    return size;
  }

  public Image get(int index) {
    synchronized (cache) {
      if (cache[index] != null) {
        return cache[index];
      }
    }
    Image image = read(sources.get(index));
    synchronized (cache) {
      if (cache[index] == null && cachedBytes + image.bytes() <= cacheBytes) {
        cache[index] = image;
        cachedBytes += image.bytes();
      }
    }
    return image;
  }

  /** Images evenly spread over all, decoded as they are asked for. */
  public Iterable<RgbImage> spread(int most) {
    int used = Math.min(most, count());
    return () ->
        IntStream.range(0, used)
            .mapToObj(i -> get((int) ((long) i * count() / used)).pixels())
            .iterator();
  }

  /** Average colour statistics of up to 200 images, evenly spread. */
  public synchronized ColourStatistics statistics() {
    if (statistics == null) {
      statistics = ColourStatistics.average(spread(STATISTICS_IMAGES));
    }
    return statistics;
  }

  /** Pixels of each class in all labels, ignored pixels left out. */
  public long[] labelHistogram(int classCount) {
    long[] histogram = new long[classCount];
    for (int index = 0; index < count(); index++) {
      LabelMap labels =
          get(index)
              .labels()
              .orElseThrow(
                  () ->
                      new InvalidInputException(
                          "classWeighting counts pixels, and the data have objects only"
                              + "\nset classWeighting: none"));
      for (byte label : labels.labels()) {
        int classId = label & 0xff;
        if (classId == LabelMap.IGNORE) {
          continue;
        }
        if (classId >= classCount) {
          Source source = sources.get(index);
          throw new InvalidInputException(
              "video %s, frame %s: label %d, but the model has %d classes; use a model for this"
                      .formatted(
                          source.video().id(),
                          source.video().frameName(source.frame()),
                          classId,
                          classCount)
                  + " data set's classes");
        }
        histogram[classId]++;
      }
    }
    return histogram;
  }

  private Image read(Source source) {
    Frame frame = source.video().read(source.frame());
    RgbImage pixels = size.resized(frame.image());
    int height = pixels.height();
    int width = pixels.width();
    Optional<LabelMap> labels = frame.labels().map(map -> ImageResize.nearest(map, height, width));
    List<TrainingSegment> segments =
        frame.truth().has(task)
            ? TrainingSegment.of(task, frame.truth(), height, width)
            : List.of();
    Optional<RgbImage> colours =
        task.seesGray() ? frame.truth().colours().map(size::resized) : Optional.empty();
    return new Image(pixels, labels, segments, colours);
  }
}
