package io.videottt.adaptation.settings;

import io.videottt.base.InvalidInputException;
import io.videottt.io.config.AddedLater;
import io.videottt.io.config.Require;
import java.io.Serializable;

/**
 * What is done on top of a method when it predicts (paper, Section 4: temporal smoothing, majority
 * vote with augmentation). Both decide the classes of pixels; the queries of different frames or
 * views do not correspond, so that segments and instances cannot be averaged or voted on.
 *
 * <p>A vote of n is one prediction of the frame itself and n - 1 of views of it: each mirrored with
 * probability one half, cut to a random share of the sides and enlarged to the working resolution,
 * its colours jittered. Views vote on the pixels that they show. The most frequent class wins; on a
 * tie the prediction of the frame itself if it is among the winners, else the lower class.
 *
 * @param smoothing n, the number of latest frames whose class probabilities are averaged, the
 *     current one included; 1 for none
 * @param votes n, the number of predictions of a frame that vote; 1 for no vote
 * @param voteCropMinimum smallest share of the frame's sides that a view shows
 * @param voteColourJitter strength of the views' random brightness, contrast and saturation (hue: a
 *     quarter of it), 0 for none
 * @param voteBatchSize views that go through the network together, which bounds the memory
 * @param frameBatchSize frames that go through the network together where a method changes nothing
 *     between them: more than one keep a GPU busy, and may round otherwise than one by one
 */
public record PredictionSettings(
    int smoothing,
    int votes,
    double voteCropMinimum,
    double voteColourJitter,
    int voteBatchSize,
    @AddedLater(neutral = "1") int frameBatchSize)
    implements Serializable {

  /** Checks every value. */
  public PredictionSettings {
    Require.within("smoothing", smoothing, 1, 1000);
    Require.within("votes", votes, 1, 10_000);
    Require.within("voteCropMinimum", voteCropMinimum, 0.01, 1);
    Require.within("voteColourJitter", voteColourJitter, 0, 1);
    Require.within("voteBatchSize", voteBatchSize, 1, 256);
    Require.within("frameBatchSize", frameBatchSize, 1, 256);
    if (smoothing > 1 && votes > 1) {
      throw new InvalidInputException(
          "smoothing %d and votes %d: votes have no probabilities to average; leave one at 1"
              .formatted(smoothing, votes));
    }
  }

  /**
   * The network's prediction as it is. Where a vote is asked for, its views show 0.6 to 1 of the
   * sides with a colour jitter of 0.4, the augmentation of this project's training on Cityscapes;
   * the paper names no values but those of its code base's recipe.
   */
  public static PredictionSettings plain() {
    return new PredictionSettings(1, 1, 0.6, 0.4, 4, 1);
  }

  /** Whether a frame's probabilities are averaged with those before. */
  public boolean smooths() {
    return smoothing > 1;
  }

  /** Whether views of a frame vote. */
  public boolean takesVotes() {
    return votes > 1;
  }
}
