package io.videottt.jobs.train;

import io.videottt.base.InvalidInputException;
import java.util.List;
import java.util.Map;

/**
 * What a training file asks for.
 *
 * @param training the labelled stills to train on
 * @param validation the labelled frames that accuracy is reported on
 * @param architecture config.json of a network to initialise; excludes startFrom
 * @param startFrom model folder to go on from; excludes architecture
 * @param settings what differs from the default training settings
 */
public record TrainingConfiguration(
    DataChoice training,
    DataChoice validation,
    String architecture,
    String startFrom,
    Map<String, Object> settings) {

  /** Fills the defaults and checks the values. */
  public TrainingConfiguration {
    if (training == null) {
      throw new InvalidInputException("training is missing: give dataset and split");
    }
    if (validation == null) {
      throw new InvalidInputException("validation is missing: give dataset and split");
    }
    if ((architecture == null) == (startFrom == null)) {
      throw new InvalidInputException(
          "give either architecture (a config.json) or startFrom (a model folder)");
    }
    settings = settings == null ? Map.of() : settings;
  }

  /**
   * A split of a data set.
   *
   * @param dataset name in the catalogue
   * @param split for example train
   * @param videos ids to keep; all when left out
   * @param root folder that replaces the catalogue's; any Hadoop path
   */
  public record DataChoice(String dataset, String split, List<String> videos, String root) {
    public DataChoice {
      if (dataset == null || split == null) {
        throw new InvalidInputException("needs dataset and split");
      }
      videos = videos == null ? List.of() : List.copyOf(videos);
    }
  }
}
