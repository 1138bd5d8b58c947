package io.videottt.adaptation.training;

import io.videottt.adaptation.inference.FramePredictor;
import io.videottt.adaptation.inference.TaskPrediction;
import io.videottt.adaptation.scoring.FrameScore;
import io.videottt.adaptation.scoring.FrameScorer;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.Video;
import io.videottt.metrics.ColourCounts;
import io.videottt.metrics.InstanceCounts;
import io.videottt.metrics.PanopticCounts;
import io.videottt.metrics.SemanticCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;

/** The frames that a training is validated on. */
final class ValidationFrames {

  private final List<Source> sources;

  private record Source(Video video, int frame) {}

  /**
   * @param videos the validation split
   * @param limit highest number of frames, evenly spread over the split; 0 for all
   */
  ValidationFrames(List<Video> videos, int limit) {
    List<Source> annotated = new ArrayList<>();
    for (Video video : videos) {
      for (int frame = 0; frame < video.frameCount(); frame++) {
        if (video.annotated(frame)) {
          annotated.add(new Source(video, frame));
        }
      }
    }
    if (annotated.isEmpty()) {
      throw new InvalidInputException(
          "the validation split has no annotated frames in its %d videos".formatted(videos.size()));
    }
    int used = limit == 0 ? annotated.size() : Math.min(limit, annotated.size());
    List<Source> chosen = new ArrayList<>();
    for (int i = 0; i < used; i++) {
      chosen.add(annotated.get((int) ((long) i * annotated.size() / used)));
    }
    sources = List.copyOf(chosen);
  }

  /**
   * Predicts and scores all frames.
   *
   * @param task what the model is trained for
   * @param classCount K, of the ground truth
   */
  Validation validate(FramePredictor predictor, Task task, int classCount)
      throws InterruptedException {
    FrameScorer scorer = new FrameScorer(classCount);
    List<Total> totals = new ArrayList<>();
    totals.add(new Total(task, classCount));
    if (task != Task.SEMANTIC && !task.seesGray() && predictor.canPredict(Task.SEMANTIC)) {
      totals.add(new Total(Task.SEMANTIC, classCount));
    }
    for (Source source : sources) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      Frame frame = source.video().read(source.frame());
      List<Total> annotated =
          totals.stream().filter(total -> frame.truth().has(total.task)).toList();
      List<TaskPrediction> predictions =
          predictor.predict(frame.image(), annotated.stream().map(total -> total.task).toList());
      for (int i = 0; i < annotated.size(); i++) {
        annotated.get(i).add(scorer.score(frame, predictions.get(i)).orElseThrow());
      }
    }
    if (totals.get(0).frames == 0) {
      throw new InvalidInputException(
          "the validation split has no ground truth for %s".formatted(task.title()));
    }
    return new Validation(
        sources.size(),
        totals.stream().filter(total -> total.frames > 0).map(Total::score).toList());
  }

  /** Of the counts alone: the mean colourfulness of frames is not told. */
  private static FrameScore sumOfColours(FrameScore all, FrameScore one) {
    ColourCounts sum =
        ((FrameScore.Colorization) all).counts().plus(((FrameScore.Colorization) one).counts());
    return new FrameScore.Colorization(sum, 0, 0, Optional.empty());
  }

  /** One task's scores of all frames. */
  private static final class Total {

    private final Task task;
    private final BinaryOperator<FrameScore> sum;
    private FrameScore pooled;
    private int frames;
    private int defined;
    private double total;

    Total(Task task, int classCount) {
      this.task = task;
      switch (task) {
        case SEMANTIC -> {
          SemanticCounts all = new SemanticCounts(classCount);
          pooled = new FrameScore.Semantic(all);
          sum = adding(one -> all.add(((FrameScore.Semantic) one).counts()));
        }
        case PANOPTIC -> {
          PanopticCounts all = new PanopticCounts(classCount);
          pooled = new FrameScore.Panoptic(all);
          sum = adding(one -> all.add(((FrameScore.Panoptic) one).counts()));
        }
        case INSTANCE -> {
          InstanceCounts all = new InstanceCounts(classCount);
          pooled = new FrameScore.Instance(all);
          sum = adding(one -> all.add(((FrameScore.Instance) one).counts()));
        }
        case COLORIZATION -> {
          pooled = new FrameScore.Colorization(ColourCounts.NONE, 0, 0, Optional.empty());
          sum = ValidationFrames::sumOfColours;
        }
        default -> throw new IllegalArgumentException("no totals of " + task);
      }
    }

    /** Counts that are added to themselves. */
    private static BinaryOperator<FrameScore> adding(Consumer<FrameScore> add) {
      return (all, one) -> {
        add.accept(one);
        return all;
      };
    }

    void add(FrameScore score) {
      pooled = sum.apply(pooled, score);
      frames++;
      if (score.value().isPresent()) {
        total += score.value().getAsDouble();
        defined++;
      }
    }

    Validation.Score score() {
      return new Validation.Score(
          task, pooled.value().orElse(Double.NaN), defined == 0 ? Double.NaN : total / defined);
    }
  }
}
