package io.videottt.reports.plots;

import io.videottt.reports.FrameShift;
import io.videottt.reports.VideoCosine;
import io.videottt.reports.VideoOverTime;
import io.videottt.reports.WindowResult;
import java.util.List;
import java.util.Map;

/**
 * What figures show beside the measurements.
 *
 * @param windows results of methods with a window
 * @param videos how methods went through videos
 * @param shifts frames with their distance from training
 * @param cosines of gradients on videos
 * @param styles numbers of the methods' colours and marks, by id
 */
public record FigureData(
    List<WindowResult> windows,
    List<VideoOverTime> videos,
    List<FrameShift> shifts,
    List<VideoCosine> cosines,
    Map<String, Integer> styles) {

  /** Nothing beside the measurements. */
  public static final FigureData NONE =
      new FigureData(List.of(), List.of(), List.of(), List.of(), Map.of());

  /** Of methods that say nothing of their colours. */
  public FigureData(
      List<WindowResult> windows,
      List<VideoOverTime> videos,
      List<FrameShift> shifts,
      List<VideoCosine> cosines) {
    this(windows, videos, shifts, cosines, Map.of());
  }

  /** Keeps lists and map from being changed. */
  public FigureData {
    windows = List.copyOf(windows);
    videos = List.copyOf(videos);
    shifts = List.copyOf(shifts);
    cosines = List.copyOf(cosines);
    styles = Map.copyOf(styles);
  }
}
