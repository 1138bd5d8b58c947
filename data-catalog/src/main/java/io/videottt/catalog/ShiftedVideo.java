package io.videottt.catalog;

import io.videottt.catalog.folders.FileVideo;
import io.videottt.catalog.image.LatticeHash;
import io.videottt.catalog.image.RgbImage;
import io.videottt.catalog.shift.Course;
import io.videottt.catalog.shift.DamagedFrame;
import io.videottt.catalog.shift.ShiftStage;
import io.videottt.catalog.video.ChangedVideo;
import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.Video;
import java.util.List;
import java.util.Optional;

/** A video whose frames are put through a shift when they are read; its ground truth stays. */
final class ShiftedVideo extends ChangedVideo {

  private final String id;
  private final List<ShiftStage> stages;

  ShiftedVideo(String id, Video original, List<ShiftStage> stages) {
    super(original);
    this.id = id;
    this.stages = List.copyOf(stages);
  }

  /** The files that a video is read from; none where its frames are drawn. */
  static Optional<FileVideo> files(Video video) {
    Video read = video instanceof ShiftedVideo shifted ? shifted.original() : video;
    return read instanceof FileVideo files ? Optional.of(files) : Optional.empty();
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  protected Frame changed(Frame frame) {
    RgbImage image =
        DamagedFrame.apply(
            frame.image(),
            ShiftStage.strengths(stages, Course.progress(frame.index(), frameCount())),
            LatticeHash.child(id.hashCode(), frame.index()));
    return new Frame(frame.index(), frame.name(), image, frame.truth());
  }
}
