package io.videottt.reports.ranking;

import io.videottt.base.Task;
import io.videottt.reports.Difference;
import io.videottt.reports.Measurement;
import io.videottt.reports.figure.Figure;
import io.videottt.reports.figure.FigureAxis;
import io.videottt.reports.figure.HeatMapFigure;
import io.videottt.reports.figure.LineFigure;
import io.videottt.reports.plots.PaperFigures;
import io.videottt.reports.table.Cells;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Pictures of how a metric depends on the keys of a grid. */
final class RankingFigures {

  /** More cells in a row are no longer read but looked at. */
  private static final int MOST_CELLS = 12;

  /** From here on values lie too far apart for a linear axis. */
  private static final double LOGARITHMIC_FROM = 8;

  private static final int MOST_DECIMALS = 3;
  private static final int STYLE = 2;

  private final Ranking ranking;
  private final List<RankedCandidate> settings;
  private final Map<String, List<Object>> values = new LinkedHashMap<>();

  RankingFigures(Ranking ranking) {
    this.ranking = ranking;
    this.settings = ranking.ranked();
    for (RankedCandidate setting : settings) {
      setting
          .values()
          .forEach((key, value) -> values.computeIfAbsent(key, k -> new ArrayList<>()).add(value));
    }
    values.replaceAll((key, all) -> all.stream().distinct().sorted(order()).toList());
    values.values().removeIf(all -> all.size() < 2);
  }

  /** One figure for a single key; with several a heat map per pair, and points where too many. */
  List<Figure> figures() {
    List<String> keys = List.copyOf(values.keySet());
    if (keys.size() == 1) {
      return List.of(line(keys.get(0), LineFigure.Look.MARKED_LINE));
    }
    List<Figure> figures = new ArrayList<>();
    for (String key : keys) {
      if (values.get(key).size() > MOST_CELLS) {
        figures.add(line(key, LineFigure.Look.POINTS));
      }
    }
    for (int i = 0; i < keys.size(); i++) {
      for (int j = i + 1; j < keys.size(); j++) {
        if (values.get(keys.get(i)).size() <= MOST_CELLS
            && values.get(keys.get(j)).size() <= MOST_CELLS) {
          figures.add(heatMap(keys.get(i), keys.get(j)));
        }
      }
    }
    return figures;
  }

  private String title(String keys) {
    return "%s by %s, %s".formatted(ranking.method(), keys, ranking.titles().data(ranking.set()));
  }

  private Figure line(String key, LineFigure.Look look) {
    List<Object> places = values.get(key);
    boolean numbers = places.stream().allMatch(place -> number(place) > 0);
    double range = number(places.get(places.size() - 1)) / number(places.get(0));
    List<FigureAxis.Tick> ticks = new ArrayList<>();
    for (int i = 0; i < places.size() && places.size() <= MOST_CELLS; i++) {
      ticks.add(new FigureAxis.Tick(numbers ? number(places.get(i)) : i, label(places.get(i))));
    }
    FigureAxis axis =
        (numbers && range >= LOGARITHMIC_FROM
                ? FigureAxis.logarithmic(key)
                : FigureAxis.linear(key))
            .withTicks(ticks);
    List<LineFigure.Point> points =
        settings.stream()
            .filter(setting -> setting.measured().flatMap(Measurement::difference).isPresent())
            .map(
                setting -> {
                  Object place = setting.values().get(key);
                  Difference d = setting.measured().flatMap(Measurement::difference).orElseThrow();
                  double x = numbers ? number(place) : places.indexOf(place);
                  return PaperFigures.point(x, d.estimate(), d);
                })
            .sorted(Comparator.comparingDouble(LineFigure.Point::x))
            .toList();
    FigureAxis gain =
        FigureAxis.linear(
            "%s - fixed model, %s".formatted(task().metric(), task().unit().difference()));
    return new LineFigure(
        ranking.name() + "-" + key,
        title(key),
        "Difference of the frame means to the fixed model with its 95 % interval, one point for"
            + " each setting.",
        axis,
        List.of(
            new LineFigure.Panel(
                gain,
                List.of(new LineFigure.Series(ranking.method(), STYLE, look, points)),
                true)));
  }

  private Task task() {
    return ranking.set().task();
  }

  private Figure heatMap(String x, String y) {
    List<List<Double>> cells = new ArrayList<>();
    for (Object row : values.get(y)) {
      List<Double> line = new ArrayList<>();
      for (Object column : values.get(x)) {
        line.add(best(x, column, y, row).orElse(Double.NaN));
      }
      cells.add(line);
    }
    String others = values.size() > 2 ? ", the other keys at their best" : "";
    return new HeatMapFigure(
        "%s-%s-%s".formatted(ranking.name(), x, y),
        title(x + " and " + y),
        "%s %s, %s%s; the fixed model has %s."
            .formatted(
                ranking.set().task().metric(),
                ranking.protocol().title(),
                task().unit().title(),
                others,
                Cells.percent(ranking.fixed().map(this::value).orElse(Double.NaN))),
        x,
        y,
        labels(x),
        labels(y),
        cells);
  }

  private OptionalDouble best(String x, Object column, String y, Object row) {
    return settings.stream()
        .filter(s -> column.equals(s.values().get(x)) && row.equals(s.values().get(y)))
        .map(RankedCandidate::measured)
        .flatMap(Optional::stream)
        .mapToDouble(this::value)
        .filter(value -> !Double.isNaN(value))
        .max();
  }

  private double value(Measurement measured) {
    return measured.value(ranking.protocol());
  }

  private List<String> labels(String key) {
    return values.get(key).stream().map(RankingFigures::label).toList();
  }

  /** NaN for what is no number. */
  private static double number(Object value) {
    return value instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  private static String label(Object value) {
    if (!(value instanceof Number)) {
      return value.toString();
    }
    BigDecimal number = new BigDecimal(value.toString()).stripTrailingZeros();
    return number.scale() > MOST_DECIMALS
        ? number.toString().toLowerCase(Locale.ROOT)
        : number.toPlainString();
  }

  private static Comparator<Object> order() {
    return Comparator.<Object>comparingDouble(RankingFigures::number)
        .thenComparing(Object::toString);
  }
}
