package io.videottt.jobs.sweep.plan;

import io.videottt.adaptation.frames.WorkingSize;
import io.videottt.base.InvalidInputException;
import io.videottt.catalog.image.RgbImage;
import io.videottt.catalog.video.Video;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The sizes of frames, by data set and split, taken from the first frame of a video of each. */
final class FrameSizes {

  private final Map<String, Video> videos = new HashMap<>();
  private final Map<String, Optional<WorkingSize.Size>> known = new HashMap<>();

  static String key(String dataset, String split) {
    return dataset + "/" + split;
  }

  void see(String dataset, String split, Video video) {
    videos.putIfAbsent(key(dataset, split), video);
  }

  /** The size; empty where the frame cannot be read, which whoever runs the video will say. */
  Optional<WorkingSize.Size> of(String dataset, String split) {
    return known.computeIfAbsent(
        key(dataset, split), key -> Optional.ofNullable(videos.get(key)).flatMap(FrameSizes::read));
  }

  private static Optional<WorkingSize.Size> read(Video video) {
    try {
      RgbImage frame = video.read(0).image();
      return Optional.of(new WorkingSize.Size(frame.height(), frame.width()));
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }
}
