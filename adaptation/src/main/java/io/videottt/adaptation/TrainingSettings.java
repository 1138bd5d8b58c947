package io.videottt.adaptation;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.videottt.metrics.InvalidInputException;
import io.videottt.metrics.Task;
import io.videottt.model.OptimizerSettings;
import java.util.Map;

/**
 * Everything about training on stills that can be set (paper, Section 3.1; method.md, Section 3).
 *
 * @param task what the main task is: semantic, panoptic or instance segmentation
 * @param seed of the initial weights and of every random draw
 * @param height rows that images are resized to
 * @param width columns that images are resized to
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
    int threads) {

  private static final int LARGEST_COUNT = 100_000_000;

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
   */
  public record Phase(
      int iterations,
      double learningRate,
      double encoderMultiplier,
      double weightDecay,
      double clipNorm,
      int warmUpIterations,
      LearningRateSchedule schedule) {

    /** Checks every value. */
    public Phase {
      Require.within("iterations", iterations, 0, LARGEST_COUNT);
      Require.within("warmUpIterations", warmUpIterations, 0, Math.max(0, iterations));
      Require.present("schedule", schedule);
      optimizer(learningRate, encoderMultiplier, weightDecay, clipNorm);
    }

    OptimizerSettings optimizerSettings() {
      return optimizer(learningRate, encoderMultiplier, weightDecay, clipNorm);
    }

    double factor(int iteration) {
      return schedule.factor(iteration, warmUpIterations, iterations);
    }

    private static OptimizerSettings optimizer(
        double learningRate, double encoderMultiplier, double weightDecay, double clipNorm) {
      return OptimizerSettings.adamW(learningRate, encoderMultiplier, weightDecay, clipNorm);
    }
  }

  /** Checks every value. */
  public TrainingSettings {
    Require.present("task", task);
    Require.within("height", height, 16, 16_384);
    Require.within("width", width, 16, 16_384);
    Require.within("batchSize", batchSize, 1, 4096);
    Require.within("microBatchSize", microBatchSize, 0, 4096);
    Require.present("mainTask", mainTask);
    Require.present("joint", joint);
    if (mainTask.iterations() + joint.iterations() == 0) {
      throw new InvalidInputException(
          "mainTask.iterations and joint.iterations are both 0: nothing to train");
    }
    Require.within("reconstructionWeight", reconstructionWeight, 0, 1e6);
    Require.within("cropMinimum", cropMinimum, 0.01, 1);
    Require.within("cropMaximum", cropMaximum, cropMinimum, 1);
    Require.within("colourJitter", colourJitter, 0, 1);
    Require.within("maskPatch", maskPatch, 1, 1024);
    Require.within("maskRatio", maskRatio, 0, 1);
    Require.present("classWeighting", classWeighting);
    Require.within("validationStep", validationStep, 0, LARGEST_COUNT);
    Require.within("validationFrames", validationFrames, 0, LARGEST_COUNT);
    Require.within("logStep", logStep, 1, LARGEST_COUNT);
    Require.within("checkpointMinutes", checkpointMinutes, 0, 1e6);
    Require.within("imageCacheMegabytes", imageCacheMegabytes, 0, 1_000_000);
    Require.within("threads", threads, 1, 1024);
  }

  /** What the small networks of this project are trained with, at 120 x 160 pixels. */
  public static TrainingSettings defaults() {
    return new TrainingSettings(
        Task.SEMANTIC,
        1,
        120,
        160,
        8,
        0,
        new Phase(2000, 1.5e-3, 1, 0.05, 1, 100, LearningRateSchedule.COSINE),
        new Phase(2000, 1e-3, 1, 0.05, 1, 100, LearningRateSchedule.COSINE),
        1,
        true,
        0.6,
        1,
        0,
        8,
        0.8,
        false,
        ClassWeighting.INVERSE_SQUARE_ROOT,
        500,
        0,
        50,
        5,
        1024,
        1);
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

  CropPolicy cropPolicy() {
    return new CropPolicy(cropMinimum, cropMaximum, 0, 0, flip);
  }
}
