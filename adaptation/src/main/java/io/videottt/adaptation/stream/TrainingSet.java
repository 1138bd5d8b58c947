package io.videottt.adaptation.stream;

import io.videottt.adaptation.frames.ScaleJitter;
import io.videottt.adaptation.frames.TrainingImages;
import io.videottt.adaptation.frames.WorkingSize;
import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.adaptation.step.LayerNormAdaptation;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.image.RgbImage;
import io.videottt.catalog.video.Video;
import io.videottt.model.ChannelMoments;
import io.videottt.model.folder.SegmentationModel;
import io.videottt.model.tensor.Precision;
import java.util.List;
import java.util.Map;

/**
 * The training images that methods ask for at test time, at the size that they need them in, and
 * what the model makes of them. Both are kept for the next video of the same kind.
 */
final class TrainingSet {

  private static final int STATISTICS_IMAGES = 100;

  private final SegmentationModel model;
  private final List<Video> videos;
  private final long cacheBytes;
  private TrainingImages images;
  private StatisticsKey statisticsKey;
  private Map<String, ChannelMoments> statistics;

  /** What statistics of the training images depend on, for one model. */
  private record StatisticsKey(WorkingSize size, int threads, Precision precision) {}

  /**
   * A training set.
   *
   * @param model f0
   * @param videos the training split; empty where none is there
   * @param cacheBytes memory for images at working resolution
   */
  TrainingSet(SegmentationModel model, List<Video> videos, long cacheBytes) {
    this.model = model;
    this.videos = List.copyOf(videos);
    this.cacheBytes = cacheBytes;
  }

  /**
   * The images as a method needs them for a video.
   *
   * @throws InvalidInputException when there is no training split
   */
  TrainingImages images(Method method, Video video, AdaptationSettings settings) {
    if (videos.isEmpty()) {
      throw new InvalidInputException(
          "%s needs images of the training split\nname it, or leave the method out"
              .formatted(method.id()));
    }
    WorkingSize size = size(method, video, settings);
    if (images == null || !images.size().equals(size)) {
      images = new TrainingImages(videos, false, Task.SEMANTIC, size, cacheBytes);
    }
    return images;
  }

  /** Of up to {@value #STATISTICS_IMAGES} images, evenly spread, by f0. */
  Map<String, ChannelMoments> statistics(Method method, Video video, AdaptationSettings settings) {
    TrainingImages wanted = images(method, video, settings);
    StatisticsKey key = new StatisticsKey(wanted.size(), settings.threads(), settings.precision());
    if (!key.equals(statisticsKey)) {
      statistics = LayerNormAdaptation.statistics(model, wanted.spread(STATISTICS_IMAGES));
      statisticsKey = key;
    }
    return statistics;
  }

  /** As large as the video's frames, unless samples are scaled to a size of their own. */
  private static WorkingSize size(Method method, Video video, AdaptationSettings settings) {
    WorkingSize wanted = method.trains() ? settings.samplingSize() : settings.workingSize();
    if (method.trains() && settings.scaleJitter().of() == ScaleJitter.Reference.CROP) {
      return wanted;
    }
    RgbImage frame = video.read(0).image();
    WorkingSize.Size size = wanted.of(frame.height(), frame.width());
    return WorkingSize.fixed(size.height(), size.width());
  }
}
