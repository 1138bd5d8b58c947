package io.videottt.reports.plots;

import io.videottt.reports.FrameShift;
import io.videottt.reports.VideoCosine;
import io.videottt.reports.VideoOverTime;
import io.videottt.reports.WindowResult;
import java.util.List;

/**
 * What figures show beside the measurements.
 *
 * @param windows results of methods with a window
 * @param videos how methods went through videos
 * @param shifts frames with their distance from training
 * @param cosines of gradients on videos
 */
public record FigureData(
    List<WindowResult> windows,
    List<VideoOverTime> videos,
    List<FrameShift> shifts,
    List<VideoCosine> cosines) {

  /** Nothing beside the measurements. */
  public static final FigureData NONE = new FigureData(List.of(), List.of(), List.of(), List.of());

  /** Keeps the lists from being changed. */
  public FigureData {
    windows = List.copyOf(windows);
    videos = List.copyOf(videos);
    shifts = List.copyOf(shifts);
    cosines = List.copyOf(cosines);
  }
}
