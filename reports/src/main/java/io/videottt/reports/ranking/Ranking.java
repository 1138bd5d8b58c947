package io.videottt.reports.ranking;

import io.videottt.reports.EvaluationSet;
import io.videottt.reports.Measurement;
import io.videottt.reports.Protocol;
import io.videottt.reports.Titles;
import io.videottt.reports.figure.Figure;
import io.videottt.reports.table.Table;
import java.util.List;
import java.util.Optional;

/**
 * The settings of one method on one evaluation set: those with results of all videos, the best
 * first, then those that were pruned, those of most videos first, then those that failed.
 *
 * @param set what they were evaluated on
 * @param protocol whose value of the task's metric decides
 * @param method title of the method
 * @param name file name stem
 * @param videos number of videos of the set
 * @param fixed the fixed model, absent when it has no results
 * @param settings in the order of the ranking
 * @param titles of data sets and splits
 */
public record Ranking(
    EvaluationSet set,
    Protocol protocol,
    String method,
    String name,
    int videos,
    Optional<Measurement> fixed,
    List<RankedCandidate> settings,
    Titles titles) {

  /** Keeps the list from being changed. */
  public Ranking {
    settings = List.copyOf(settings);
  }

  /** The best setting; empty when none has results of all videos. */
  public Optional<RankedCandidate> best() {
    return ranked().stream().findFirst();
  }

  /** The settings that take part in the ranking. */
  public List<RankedCandidate> ranked() {
    return settings.stream()
        .filter(setting -> setting.state() == RankedCandidate.State.RANKED)
        .toList();
  }

  /** The ranking as a table, with the fixed model below. */
  public Table table() {
    return RankingTable.of(this);
  }

  /** A line plot of a single key, heat maps of every pair of keys. */
  public List<Figure> figures() {
    return new RankingFigures(this).figures();
  }
}
