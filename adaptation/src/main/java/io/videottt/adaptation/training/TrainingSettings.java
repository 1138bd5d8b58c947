package io.videottt.adaptation.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.videottt.adaptation.frames.CropPolicy;
import io.videottt.adaptation.frames.SamplePolicy;
import io.videottt.adaptation.frames.ScaleJitter;
import io.videottt.adaptation.frames.ScaledCropPolicy;
import io.videottt.adaptation.frames.WorkingSize;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.io.config.AddedLater;
import io.videottt.io.config.PackagedFile;
import io.videottt.io.config.Require;
import io.videottt.io.config.SettingsIdentity;
import io.videottt.io.config.SettingsReader;
import io.videottt.io.config.StrictYaml;
import io.videottt.model.ReconstructionLoss;
import io.videottt.model.ReconstructionTarget;
import io.videottt.model.optimizer.OptimizerSettings;
import io.videottt.model.tensor.Precision;
import java.util.List;
import java.util.Map;

/**
 * Everything about training on stills that can be set (paper, Section 3.1; method.md, Section 3).
 *
 * @param task what the main task is: semantic, panoptic or instance segmentation, or colorization,
 *     for which both heads see the images gray
 * @param seed of the initial weights and of every random draw
 * @param height rows that images are resized to, whatever their aspect; 0 to leave them as they
 *     are, where samples have a fixed size
 * @param width columns that images are resized to; 0 to leave them as they are
 * @param batchSize images per iteration
 * @param microBatchSize images per forward and backward pass, 0 for the whole batch
 * @param mainTask the first phase: the main task's loss only; its result is Main Task Only
 * @param joint the second phase: the sum of both losses with a fresh reconstruction decoder
 * @param reconstructionWeight weight of the reconstruction loss in the sum
 * @param flip whether images are mirrored with probability one half
 * @param cropMinimum smallest share of the sides that a sample shows
 * @param cropMaximum largest share of the sides that a sample shows
 * @param colourJitter strength of random brightness, contrast and saturation (hue: a quarter of
 *     it), 0 for none
 * @param maskPatch side of the masked squares in pixels
 * @param maskRatio share of the squares that is dropped
 * @param maskedPixelsOnly whether the reconstruction loss counts the dropped pixels only
 * @param classWeighting weights of the classes in the main task's loss
 * @param validationStep iterations between validations, 0 for one at the end of each phase only
 * @param validationFrames highest number of validation frames, evenly spread; 0 for all
 * @param logStep iterations between lines of the training log
 * @param checkpointMinutes time between checkpoints
 * @param imageCacheMegabytes memory for decoded images; what does not fit is decoded again
 * @param threads threads of the engine on a CPU
 * @param cropHeight rows of samples of fixed size, filled up where the image is smaller; 0 to crop
 *     by share
 * @param cropWidth columns of samples of fixed size; 0 to crop by share
 * @param scaleJitter random scale of the images that samples of fixed size are cut out of
 * @param validationSize resolution that validation frames are predicted at; all 0 for that of the
 *     images
 * @param reconstructionTarget what the reconstruction decoder learns to give back
 * @param reconstruction the third phase: the reconstruction loss only, of the reconstruction
 *     decoder, a fresh one where there is none for the target, on an encoder that stays as it is
 *     (its encoderMultiplier means nothing)
 * @param precision how the network computes, in steps and in validation
 */
public record TrainingSettings(
    Task task,
    long seed,
    int height,
    int width,
    int batchSize,
    int microBatchSize,
    Phase mainTask,
    Phase joint,
    double reconstructionWeight,
    boolean flip,
    double cropMinimum,
    double cropMaximum,
    double colourJitter,
    int maskPatch,
    double maskRatio,
    boolean maskedPixelsOnly,
    ClassWeighting classWeighting,
    int validationStep,
    int validationFrames,
    int logStep,
    double checkpointMinutes,
    int imageCacheMegabytes,
    int threads,
    @AddedLater(neutral = "0") int cropHeight,
    @AddedLater(neutral = "0") int cropWidth,
    @AddedLater(neutral = ScaleJitter.NONE) ScaleJitter scaleJitter,
    @AddedLater(neutral = WorkingSize.OWN) WorkingSize validationSize,
    @AddedLater(neutral = "pixels") ReconstructionTarget reconstructionTarget,
    @AddedLater(neutral = "{iterations: 0}") Phase reconstruction,
    @AddedLater(neutral = "fp32") Precision precision) {

  private static final int LARGEST_COUNT = 100_000_000;
  private static final String FILE = "training-defaults.yaml";

  /** Read when they are first asked for. */
  private static final class Loaded {
    private static final TrainingSettings DEFAULTS =
        SettingsReader.read(
            StrictYaml.tree(PackagedFile.text(TrainingSettings.class, FILE), FILE),
            TrainingSettings.class,
            FILE);
  }

  /** Weights of the classes in the main task's loss. */
  public enum ClassWeighting {
    /** As the model's configuration says; equal if it says nothing. */
    @JsonProperty("none")
    NONE,
    /** One over the square root of the class's share of the training pixels, mean 1. */
    @JsonProperty("inverse-square-root")
    INVERSE_SQUARE_ROOT
  }

  /**
   * One phase, with AdamW.
   *
   * @param iterations optimiser steps, 0 to leave the phase out
   * @param learningRate step size at the top of the schedule
   * @param encoderMultiplier the encoder's step size over the others'
   * @param weightDecay decoupled decay of the parameters that are decayed
   * @param clipNorm highest norm of the whole gradient, 0 for no clipping
   * @param warmUpIterations of linear rise
   * @param schedule how the learning rate falls afterwards
   * @param decayBiases whether biases and the pixel decoder's level_embed are decayed too, as the
   *     released code does (method.md, Section 9.10)
   */
  public record Phase(
      int iterations,
      double learningRate,
      double encoderMultiplier,
      double weightDecay,
      double clipNorm,
      int warmUpIterations,
      LearningRateSchedule schedule,
      @AddedLater(neutral = "false") boolean decayBiases) {

    /** Checks every value. */
    public Phase {
      Require.within("iterations", iterations, 0, LARGEST_COUNT);
      Require.within("warmUpIterations", warmUpIterations, 0, Math.max(0, iterations));
      Require.present("schedule", schedule);
      optimizerSettings(learningRate, encoderMultiplier, weightDecay, clipNorm, decayBiases);
    }

    OptimizerSettings optimizerSettings() {
      return optimizerSettings(learningRate, encoderMultiplier, weightDecay, clipNorm, decayBiases);
    }

    double factor(int iteration) {
      return schedule.factor(iteration, warmUpIterations, iterations);
    }

    private static OptimizerSettings optimizerSettings(
        double learningRate,
        double encoderMultiplier,
        double weightDecay,
        double clipNorm,
        boolean decayBiases) {
      return OptimizerSettings.adamW(learningRate, encoderMultiplier, weightDecay, clipNorm)
          .withDecayedBiases(decayBiases);
    }
  }

  /** Checks every value. */
  public TrainingSettings {
    Require.present("task", task);
    requireSizes(height, width, cropHeight, cropWidth);
    Require.within("batchSize", batchSize, 1, 4096);
    Require.within("microBatchSize", microBatchSize, 0, 4096);
    Require.present("mainTask", mainTask);
    Require.present("joint", joint);
    Require.present("reconstructionTarget", reconstructionTarget);
    Require.present("reconstruction", reconstruction);
    Require.present("precision", precision);
    if (mainTask.iterations() + joint.iterations() + reconstruction.iterations() == 0) {
      throw new InvalidInputException(
          "mainTask.iterations, joint.iterations and reconstruction.iterations are all 0: nothing"
              + " to train");
    }
    Require.within("reconstructionWeight", reconstructionWeight, 0, 1e6);
    Require.within("cropMinimum", cropMinimum, 0.01, 1);
    Require.within("cropMaximum", cropMaximum, cropMinimum, 1);
    Require.within("colourJitter", colourJitter, 0, 1);
    Require.within("maskPatch", maskPatch, 1, 1024);
    Require.within("maskRatio", maskRatio, 0, 1);
    Require.present("classWeighting", classWeighting);
    if (task.seesGray() && classWeighting != ClassWeighting.NONE) {
      throw new InvalidInputException(
          "classWeighting weighs classes, and %s has none; set it to none".formatted(task.title()));
    }
    Require.within("validationStep", validationStep, 0, LARGEST_COUNT);
    Require.within("validationFrames", validationFrames, 0, LARGEST_COUNT);
    Require.within("logStep", logStep, 1, LARGEST_COUNT);
    Require.within("checkpointMinutes", checkpointMinutes, 0, 1e6);
    Require.within("imageCacheMegabytes", imageCacheMegabytes, 0, 1_000_000);
    Require.within("threads", threads, 1, 1024);
    Require.present("scaleJitter", scaleJitter);
    Require.present("validationSize", validationSize);
    if (scaleJitter.scales() && cropHeight == 0) {
      throw new InvalidInputException(
          "scaleJitter needs samples of a fixed size: give cropHeight and cropWidth");
    }
  }

  private static void requireSizes(int height, int width, int cropHeight, int cropWidth) {
    Require.within("cropHeight", cropHeight, 0, 16_384);
    Require.within("cropWidth", cropWidth, 0, 16_384);
    if ((cropHeight == 0) != (cropWidth == 0)) {
      throw new InvalidInputException(
          "cropHeight %d and cropWidth %d: give both, or neither".formatted(cropHeight, cropWidth));
    }
    if (cropHeight > 0 && height == 0 && width == 0) {
      return;
    }
    Require.within("height", height, 16, 16_384);
    Require.within("width", width, 16, 16_384);
  }

  /**
   * What the small networks of this project are trained with, at 120 x 160 pixels: the resource
   * {@code training-defaults.yaml}.
   */
  public static TrainingSettings defaults() {
    return Loaded.DEFAULTS;
  }

  /**
   * These settings with some values replaced.
   *
   * @param overrides keys are this record's components, nested maps for the phases
   * @param source file and key that the overrides come from, for messages
   * @throws InvalidInputException naming source, key and value when a key is unknown or a value
   *     impossible
   */
  public TrainingSettings with(Map<String, ?> overrides, String source) {
    return SettingsReader.merge(this, overrides, source);
  }

  /** The settings that a training's result depends on, by key. */
  Map<String, String> identity() {
    Map<String, String> identity = SettingsIdentity.of(this);
    identity.keySet().removeAll(List.of("checkpointMinutes", "imageCacheMegabytes"));
    return identity;
  }

  /** l_s as training minimises it. */
  ReconstructionLoss reconstructionLoss() {
    return new ReconstructionLoss(reconstructionTarget, maskPatch, maskedPixelsOnly);
  }

  /** The resolution that images are kept at. */
  WorkingSize imageSize() {
    return height == 0 ? WorkingSize.own() : WorkingSize.fixed(height, width);
  }

  /** The resolution that validation frames are predicted at. */
  WorkingSize predictionSize() {
    return validationSize.equals(WorkingSize.own()) ? imageSize() : validationSize;
  }

  /** Rows and columns of the samples. */
  WorkingSize.Size sampleSize() {
    return cropHeight == 0
        ? new WorkingSize.Size(height, width)
        : new WorkingSize.Size(cropHeight, cropWidth);
  }

  SamplePolicy samplePolicy() {
    return cropHeight == 0
        ? new CropPolicy(cropMinimum, cropMaximum, 0, 0, flip)
        : new ScaledCropPolicy(scaleJitter, cropHeight, cropWidth, flip);
  }
}
