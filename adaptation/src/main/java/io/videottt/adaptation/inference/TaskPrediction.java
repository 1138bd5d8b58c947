package io.videottt.adaptation.inference;

import io.videottt.base.Task;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.image.RgbImage;
import io.videottt.metrics.InstanceDetection;
import io.videottt.metrics.PanopticMap;
import java.util.List;

/** What is predicted for one frame and task, at the frame's own resolution. */
public sealed interface TaskPrediction {

  /** What was predicted. */
  Task task();

  /** The class of every pixel. */
  record Semantic(LabelMap labels) implements TaskPrediction {

    @Override
    public Task task() {
      return Task.SEMANTIC;
    }
  }

  /** The frame in colours, with the luma that it was seen with. */
  record Colorization(RgbImage colours) implements TaskPrediction {

    @Override
    public Task task() {
      return Task.COLORIZATION;
    }
  }

  /** Segments that do not overlap. */
  record Panoptic(PanopticMap map) implements TaskPrediction {

    @Override
    public Task task() {
      return Task.PANOPTIC;
    }
  }

  /** Masks of things with their scores. */
  record Instance(List<InstanceDetection> detections) implements TaskPrediction {

    @Override
    public Task task() {
      return Task.INSTANCE;
    }
  }
}
