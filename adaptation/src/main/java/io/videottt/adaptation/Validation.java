package io.videottt.adaptation;

import io.videottt.catalog.Frame;
import io.videottt.catalog.LabelMap;
import io.videottt.catalog.Video;
import io.videottt.metrics.InvalidInputException;
import io.videottt.metrics.SemanticCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Accuracy of a fixed model on annotated frames, by both protocols.
 *
 * @param frames number of frames
 * @param pooledMeanIou percent, from the sum of all frames' confusion matrices
 * @param frameMeanIou percent, mean over the frames where it is defined
 */
public record Validation(int frames, double pooledMeanIou, double frameMeanIou) {

  /** The frames that a training is validated on. */
  static final class Frames {

    private record Source(Video video, int frame) {}

    private final List<Source> sources;

    /**
     * @param videos the validation split
     * @param limit highest number of frames, evenly spread over the split; 0 for all
     */
    Frames(List<Video> videos, int limit) {
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
            "the validation split has no annotated frames in its %d videos"
                .formatted(videos.size()));
      }
      int used = limit == 0 ? annotated.size() : Math.min(limit, annotated.size());
      List<Source> chosen = new ArrayList<>();
      for (int i = 0; i < used; i++) {
        chosen.add(annotated.get((int) ((long) i * annotated.size() / used)));
      }
      sources = List.copyOf(chosen);
    }

    Validation validate(FramePredictor predictor, int classCount) throws InterruptedException {
      SemanticCounts pooled = new SemanticCounts(classCount);
      double sum = 0;
      int defined = 0;
      for (Source source : sources) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        Frame frame = source.video().read(source.frame());
        LabelMap truth = frame.labels().orElseThrow();
        SemanticCounts counts = new SemanticCounts(classCount);
        counts.add(truth.labels(), predictor.predict(frame.image()).labels());
        pooled.add(counts);
        OptionalDouble meanIou = counts.meanIou();
        if (meanIou.isPresent()) {
          sum += meanIou.getAsDouble();
          defined++;
        }
      }
      return new Validation(
          sources.size(),
          pooled.meanIou().orElse(Double.NaN),
          defined == 0 ? Double.NaN : sum / defined);
    }
  }
}
