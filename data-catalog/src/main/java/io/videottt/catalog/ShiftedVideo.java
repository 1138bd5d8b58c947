package io.videottt.catalog;

import io.videottt.catalog.folders.FileVideo;
import io.videottt.catalog.image.LatticeHash;
import io.videottt.catalog.image.RgbImage;
import io.videottt.catalog.shift.Course;
import io.videottt.catalog.shift.DamagedFrame;
import io.videottt.catalog.shift.ShiftStage;
import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.FrameReader;
import io.videottt.catalog.video.Video;
import java.util.List;
import java.util.Optional;

/** A video whose frames are put through a shift when they are read; its ground truth stays. */
final class ShiftedVideo implements Video {

  private final String id;
  private final Video original;
  private final List<ShiftStage> stages;

  ShiftedVideo(String id, Video original, List<ShiftStage> stages) {
    this.id = id;
    this.original = original;
    this.stages = List.copyOf(stages);
  }

  /** The files that a video is read from; none where its frames are drawn. */
  static Optional<FileVideo> files(Video video) {
    Video read = video instanceof ShiftedVideo shifted ? shifted.original : video;
    return read instanceof FileVideo files ? Optional.of(files) : Optional.empty();
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public int frameCount() {
    return original.frameCount();
  }

  @Override
  public double framesPerSecond() {
    return original.framesPerSecond();
  }

  @Override
  public String frameName(int index) {
    return original.frameName(index);
  }

  @Override
  public boolean annotated(int index) {
    return original.annotated(index);
  }

  @Override
  public Frame read(int index) {
    return shifted(original.read(index));
  }

  @Override
  public FrameReader reader() {
    return original.reader().changed(this::shifted);
  }

  private Frame shifted(Frame frame) {
    RgbImage image =
        DamagedFrame.apply(
            frame.image(),
            ShiftStage.strengths(stages, Course.progress(frame.index(), frameCount())),
            LatticeHash.child(id.hashCode(), frame.index()));
    return new Frame(frame.index(), frame.name(), image, frame.truth());
  }

  @Override
  public boolean oneFile() {
    return original.oneFile();
  }

  @Override
  public List<String> notes() {
    return original.notes();
  }

  @Override
  public List<String> unmatched() {
    return original.unmatched();
  }
}
