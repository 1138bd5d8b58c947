package io.videottt.adaptation.method;

import io.videottt.adaptation.frames.TrainingImages;
import io.videottt.adaptation.frames.WorkingFrames;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.base.InvalidInputException;
import io.videottt.catalog.video.Video;
import io.videottt.model.ChannelMoments;
import io.videottt.model.ParameterSnapshot;
import io.videottt.model.folder.SegmentationModel;
import java.util.Map;

/** What a method is given for one video. */
public interface MethodContext {

  /** The model as trained: f0, g0 and h0. What a method changes of it, its steps change back. */
  SegmentationModel model();

  /** f0, g0 and h0; not to be closed. */
  ParameterSnapshot initial();

  /** All settings, also those that the method does not use. */
  AdaptationSettings settings();

  /** Decides every random draw, together with the position of the frame or iteration. */
  long seed();

  /** The frames in the order in which the method sees them. */
  Video video();

  /** Those frames at the resolution that samples are cut out of, held as far as memory allows. */
  WorkingFrames frames();

  /**
   * Images of the training set.
   *
   * @throws InvalidInputException when none were named
   */
  TrainingImages trainingImages();

  /**
   * What f0 makes of training images: mean and variance of every channel of its normalised
   * activations, by the name of the LayerNorm.
   *
   * @throws InvalidInputException when no training images were named
   */
  Map<String, ChannelMoments> trainingStatistics();
}
