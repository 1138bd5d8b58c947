package io.videottt.adaptation.settings;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.videottt.adaptation.frames.CropPolicy;
import io.videottt.adaptation.frames.SampleOrder;
import io.videottt.adaptation.frames.SamplePolicy;
import io.videottt.adaptation.frames.ScaleJitter;
import io.videottt.adaptation.frames.ScaledCropPolicy;
import io.videottt.adaptation.frames.WorkingSize;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.io.config.AddedLater;
import io.videottt.io.config.Require;
import io.videottt.io.config.SettingsReader;
import io.videottt.model.ReconstructionLoss;
import io.videottt.model.ReconstructionTarget;
import io.videottt.model.optimizer.OptimizerSettings;
import io.videottt.model.tensor.Precision;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything about test-time training that can be set (paper, Section 3.2 and 4). What a method
 * does not use (the window of a method without explicit memory, say) is ignored by it and left out
 * of the canonical form of a method ({@code Method.canonical}).
 *
 * @param optimizer update rule
 * @param learningRate step size of g, above 0
 * @param encoderMultiplier f's step size over g's
 * @param weightDecay decoupled (AdamW) or L2 (SGD) decay of the parameters that are decayed
 * @param clipNorm highest norm of the whole gradient, 0 for no clipping
 * @param momentum of SGD, below 1
 * @param resetOptimizer whether the optimiser's state starts anew at every frame
 * @param window k, the number of latest frames to sample from, the current one included; 0 for all
 *     frames seen so far
 * @param batchSize samples per iteration
 * @param microBatchSize samples per forward and backward pass, 0 for the whole batch; with samples
 *     of whole patches it changes the result by rounding only
 * @param iterationsPerFrame optimiser steps per frame
 * @param maskPatch side of the masked squares in pixels
 * @param maskRatio share of the squares that is dropped
 * @param maskedPixelsOnly whether the reconstruction loss counts the dropped pixels only
 * @param flip whether samples are mirrored with probability one half
 * @param cropMinimum smallest share of the frame's sides that a sample shows
 * @param cropMaximum largest share of the frame's sides that a sample shows
 * @param cropHeight rows of samples of fixed size, not resized; 0 to crop by share
 * @param cropWidth columns of samples of fixed size; 0 to crop by share
 * @param height rows of the working resolution, 0 if not fixed
 * @param width columns of the working resolution, 0 if not fixed
 * @param shortSide shorter side of the working resolution, aspect kept; 0 if not used; with height
 *     0 as well the frames are used as they are
 * @param longSideLimit highest longer side of the working resolution, 0 for no limit
 * @param offlineIterations iterations of the offline method
 * @param offlineEvaluationStep the offline method is evaluated every so many iterations
 * @param offlineEvaluations the iterations at which the offline method is evaluated instead, if not
 *     empty; iteration 0 is no candidate
 * @param measureLossAfter whether the loss of the last batch is measured once more after the step,
 *     which costs a forward pass
 * @param threads threads of the engine per unit on a CPU; sums may round differently between thread
 *     counts
 * @param layerNorm how LN Adapt weighs what it was trained on
 * @param selfTraining which predictions self-training takes for labels
 * @param classBalance when a method with class balance starts again
 * @param postProcessing how panoptic and instance segmentations are made of the network's queries
 * @param frameOrder the order in which a stream's frames go by; the offline method, which knows all
 *     frames before it predicts one, always predicts them as they were recorded
 * @param prediction what is done on top of the method when it predicts
 * @param sampleOrder how the samples' frames are chosen out of what the method remembers
 * @param sampleSize the resolution that samples are cut out of, all 0 for that of the predictions
 * @param scaleJitter random scale of the frames that samples of fixed size are cut out of
 * @param dropPath whether the encoder drops residual branches while steps are taken; then the
 *     micro-batches decide which draws a sample gets
 * @param decayBiases whether biases and the pixel decoder's level embedding are decayed too
 * @param reconstructionTarget what g reconstructs; g must have been trained for it
 * @param precision how the network computes, in steps and predictions
 */
public record AdaptationSettings(
    OptimizerSettings.Kind optimizer,
    double learningRate,
    double encoderMultiplier,
    double weightDecay,
    double clipNorm,
    double momentum,
    boolean resetOptimizer,
    int window,
    int batchSize,
    int microBatchSize,
    int iterationsPerFrame,
    int maskPatch,
    double maskRatio,
    boolean maskedPixelsOnly,
    boolean flip,
    double cropMinimum,
    double cropMaximum,
    int cropHeight,
    int cropWidth,
    int height,
    int width,
    int shortSide,
    int longSideLimit,
    int offlineIterations,
    int offlineEvaluationStep,
    List<Integer> offlineEvaluations,
    boolean measureLossAfter,
    int threads,
    LayerNormSettings layerNorm,
    SelfTraining selfTraining,
    ClassBalanceSettings classBalance,
    PostProcessing postProcessing,
    FrameOrder frameOrder,
    PredictionSettings prediction,
    @AddedLater(neutral = "with-replacement") SampleOrder sampleOrder,
    @AddedLater(neutral = WorkingSize.OWN) WorkingSize sampleSize,
    @AddedLater(neutral = ScaleJitter.NONE) ScaleJitter scaleJitter,
    @AddedLater(neutral = "false") boolean dropPath,
    @AddedLater(neutral = "false") boolean decayBiases,
    @AddedLater(neutral = "pixels") ReconstructionTarget reconstructionTarget,
    @AddedLater(neutral = "fp32") Precision precision)
    implements Serializable {

  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;
  private static final int LARGEST_COUNT = 1_000_000;
  private static final int LARGEST_BATCH = 4096;

  /** Checks every value. */
  public AdaptationSettings {
    Require.present("optimizer", optimizer);
    Require.present("offlineEvaluations", offlineEvaluations);
    Require.present("layerNorm", layerNorm);
    Require.present("selfTraining", selfTraining);
    Require.present("classBalance", classBalance);
    Require.present("postProcessing", postProcessing);
    Require.present("frameOrder", frameOrder);
    Require.present("prediction", prediction);
    Require.present("sampleOrder", sampleOrder);
    Require.present("sampleSize", sampleSize);
    Require.present("scaleJitter", scaleJitter);
    Require.present("reconstructionTarget", reconstructionTarget);
    Require.present("precision", precision);
    offlineEvaluations = offlineEvaluations.stream().distinct().sorted().toList();
    Require.above("learningRate", learningRate, 0, 1000);
    Require.within("encoderMultiplier", encoderMultiplier, 0, 1000);
    Require.within("weightDecay", weightDecay, 0, 1000);
    Require.within("clipNorm", clipNorm, 0, 1e9);
    Require.below("momentum", momentum, 0, 1);
    Require.within("window", window, 0, LARGEST_COUNT);
    Require.within("batchSize", batchSize, 1, LARGEST_BATCH);
    Require.within("microBatchSize", microBatchSize, 0, LARGEST_BATCH);
    Require.within("iterationsPerFrame", iterationsPerFrame, 1, LARGEST_COUNT);
    Require.within("maskPatch", maskPatch, 1, 1024);
    Require.within("maskRatio", maskRatio, 0, 1);
    Require.within("cropMinimum", cropMinimum, 0.01, 1);
    Require.within("cropMaximum", cropMaximum, cropMinimum, 1);
    Require.within("cropHeight", cropHeight, 0, 16_384);
    Require.within("cropWidth", cropWidth, 0, 16_384);
    if ((cropHeight == 0) != (cropWidth == 0)) {
      throw new InvalidInputException(
          "cropHeight %d and cropWidth %d: give both, or neither".formatted(cropHeight, cropWidth));
    }
    if (scaleJitter.scales() && cropHeight == 0) {
      throw new InvalidInputException(
          "scaleJitter needs samples of a fixed size: give cropHeight and cropWidth");
    }
    Require.within("offlineIterations", offlineIterations, 1, LARGEST_COUNT);
    Require.within("offlineEvaluationStep", offlineEvaluationStep, 1, LARGEST_COUNT);
    for (int iteration : offlineEvaluations) {
      Require.within("offlineEvaluations", iteration, 1, offlineIterations);
    }
    if (offlineEvaluations.isEmpty() && offlineEvaluationStep > offlineIterations) {
      throw new InvalidInputException(
          "offlineEvaluationStep %d is above offlineIterations %d: nothing would be evaluated"
              .formatted(offlineEvaluationStep, offlineIterations));
    }
    Require.within("threads", threads, 1, 1024);
    new WorkingSize(height, width, shortSide, longSideLimit);
  }

  /** As the paper's text describes the method: the preset {@code paper}. */
  public static AdaptationSettings paper() {
    return preset("paper", "preset");
  }

  /** What both of the authors' released runs share: the preset {@code released}. */
  public static AdaptationSettings released() {
    return preset("released", "preset");
  }

  /** The recipe for networks of a few million parameters: the preset {@code small}. */
  public static AdaptationSettings small() {
    return preset("small", "preset");
  }

  /**
   * A preset by its name; {@code presets.yaml} says what it holds and why.
   *
   * @param name one of {@link Presets#names()}
   * @param source file and key that the name comes from, for the message
   * @throws InvalidInputException when there is none of that name
   */
  public static AdaptationSettings preset(String name, String source) {
    return Presets.get(name, source);
  }

  /**
   * These settings with some values replaced.
   *
   * @param overrides keys are this record's components, values as YAML or JSON gives them
   * @param source file and key that the overrides come from, for messages
   * @throws InvalidInputException naming source, key and value when a key is unknown or a value
   *     impossible
   */
  public AdaptationSettings with(Map<String, ?> overrides, String source) {
    return SettingsReader.merge(this, overrides, source);
  }

  /** Whether these settings are defined for a task; {@link #limitation} says why not. */
  public boolean supports(Task task) {
    return limitation(task).isEmpty();
  }

  /** Why these settings are not defined for a task, in a sentence; empty where they are. */
  public Optional<String> limitation(Task task) {
    return task != Task.SEMANTIC && (prediction.smooths() || prediction.takesVotes())
        ? Optional.of(
            "Temporal smoothing and majority vote need a class for every pixel: "
                + (task.seesGray()
                    ? "colours have none."
                    : "the queries of different frames or views do not correspond."))
        : Optional.empty();
  }

  /**
   * Checks that the settings are defined for a task.
   *
   * @throws InvalidInputException when they are not
   */
  public void require(Task task) {
    limitation(task)
        .ifPresent(
            reason -> {
              throw new InvalidInputException(
                  "prediction: not for %s: %s\nset smoothing and votes to 1, or leave"
                          .formatted(task.title(), reason)
                      + " the task out");
            });
  }

  /** The resolution that the network works at. */
  public WorkingSize workingSize() {
    return new WorkingSize(height, width, shortSide, longSideLimit);
  }

  /** The iterations at which the offline method is evaluated, ascending, never 0. */
  @JsonIgnore
  public List<Integer> offlineCandidates() {
    if (!offlineEvaluations.isEmpty()) {
      return offlineEvaluations;
    }
    return java.util.stream.IntStream.rangeClosed(1, offlineIterations / offlineEvaluationStep)
        .mapToObj(index -> index * offlineEvaluationStep)
        .toList();
  }

  /** The resolution that samples are cut out of. */
  public WorkingSize samplingSize() {
    if (!sampleSize.equals(WorkingSize.own())) {
      return sampleSize;
    }
    // Frames that are fitted into the sample need not be resized twice.
    return scaleJitter.of() == ScaleJitter.Reference.CROP ? WorkingSize.own() : workingSize();
  }

  /** l_s as test-time training minimises it. */
  public ReconstructionLoss reconstructionLoss() {
    return new ReconstructionLoss(reconstructionTarget, maskPatch, maskedPixelsOnly);
  }

  public SamplePolicy samplePolicy() {
    return scaleJitter.scales()
        ? new ScaledCropPolicy(scaleJitter, cropHeight, cropWidth, flip)
        : new CropPolicy(cropMinimum, cropMaximum, cropHeight, cropWidth, flip);
  }

  public OptimizerSettings optimizerSettings() {
    return new OptimizerSettings(
            optimizer,
            learningRate,
            encoderMultiplier,
            weightDecay,
            clipNorm,
            momentum,
            BETA1,
            BETA2,
            EPSILON,
            decayBiases,
            false)
        .withPrecision(precision);
  }
}
