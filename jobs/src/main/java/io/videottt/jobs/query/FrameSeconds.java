package io.videottt.jobs.query;

/**
 * Measured seconds, summed over frames.
 *
 * @param frames how many
 * @param shared loading, training and the network's prediction, which all tasks of an adaptation
 *     have in common
 * @param predicting the part of {@code shared} that is prediction
 * @param evaluating scoring, which every task has of its own
 */
record FrameSeconds(long frames, double shared, double predicting, double evaluating) {

  FrameSeconds plus(FrameSeconds other) {
    return new FrameSeconds(
        frames + other.frames,
        shared + other.shared,
        predicting + other.predicting,
        evaluating + other.evaluating);
  }

  /**
   * What it would have taken without a vote.
   *
   * @param votes predictions of every frame that were made
   */
  FrameSeconds ofOnePrediction(int votes) {
    return new FrameSeconds(
        frames, shared - predicting + predicting / votes, predicting / votes, evaluating);
  }

  double sharedPerFrame() {
    return shared / frames;
  }

  double predictingPerFrame() {
    return predicting / frames;
  }

  double evaluatingPerFrame() {
    return evaluating / frames;
  }
}
