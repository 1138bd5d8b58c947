package io.videottt.reports.player;

import io.videottt.base.Task;
import io.videottt.reports.Titles;
import io.videottt.reports.figure.FigureStyle;
import io.videottt.reports.plots.MethodStyles;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What the player's script reads, one element per clip and film, so that a browser takes apart only
 * what is looked at. A film that several clips have in common, as tasks have their input, stands
 * there once.
 */
public final class PlayerData {

  private static final double HUNDREDTHS = 100;

  /** What is chosen from: the clips of one evaluation set and model, and the metric's units. */
  private record Scene(
      String title, String metric, String unit, String points, List<Choice> clips) {}

  private record Choice(String video, String id) {}

  private record ClipData(
      int length,
      String spacing,
      List<FrameData> frames,
      String input,
      String truth,
      List<TrackData> tracks) {}

  private record FrameData(int index, String name, boolean annotated) {}

  /** Values are null where the metric is not defined; points of the line are frame and value. */
  private record TrackData(
      String title, String colour, String film, List<Double> values, List<double[]> line) {}

  private record FilmData(String type, List<String> pictures) {}

  private final List<Clip> clips;
  private final ClipTitles titles;
  private final MethodStyles styles;
  private final Map<FilmData, String> films = new LinkedHashMap<>();

  /**
   * The data of clips.
   *
   * @param numbers of the methods' colours, by id
   */
  public PlayerData(List<Clip> clips, Titles titles, Map<String, Integer> numbers) {
    this.styles = new MethodStyles(numbers, List.of());
    this.clips = clips;
    this.titles = new ClipTitles(titles);
  }

  /** The elements in the order of the page. */
  public List<ScriptData> elements() {
    List<ScriptData> elements = new ArrayList<>();
    Map<List<Object>, Scene> scenes = new LinkedHashMap<>();
    for (int i = 0; i < clips.size(); i++) {
      Clip clip = clips.get(i);
      String id = "clip-" + i;
      scenes
          .computeIfAbsent(
              List.of(clip.set(), clip.model()),
              which -> scene(titles.results(clip), clip.set().task()))
          .clips()
          .add(new Choice(titles.video(clip), id));
      elements.add(ScriptData.of(id, data(clip)));
    }
    elements.add(ScriptData.of("player-scenes", scenes.values()));
    films.forEach((film, id) -> elements.add(ScriptData.of(id, film)));
    return elements;
  }

  private ClipData data(Clip clip) {
    List<TrackData> tracks = new ArrayList<>();
    for (Track track : clip.tracks()) {
      tracks.add(data(track));
    }
    return new ClipData(
        clip.length(),
        clip.spacing(),
        clip.frames().stream()
            .map(
                frame ->
                    new FrameData(frame.index(), ClipTitles.name(frame.name()), frame.annotated()))
            .toList(),
        film(clip.input()),
        film(clip.truth()),
        tracks);
  }

  private TrackData data(Track track) {
    List<Double> values = new ArrayList<>();
    for (OptionalDouble value : track.values()) {
      values.add(value.isPresent() ? value.getAsDouble() : null);
    }
    List<double[]> line =
        track.line().moments().stream()
            .filter(moment -> Double.isFinite(moment.quality()))
            .map(m -> new double[] {m.frame(), Math.rint(m.quality() * HUNDREDTHS) / HUNDREDTHS})
            .toList();
    return new TrackData(
        ClipTitles.name(track.title()), colour(track), film(track.film()), values, line);
  }

  private String colour(Track track) {
    Color colour = FigureStyle.colour(styles.of(track.line().method(), track.title()));
    return "#%06x".formatted(colour.getRGB() & 0xffffff);
  }

  private String film(Film film) {
    List<String> pictures = new ArrayList<>();
    film.pictures()
        .forEach(file -> pictures.add(file.map(Base64.getEncoder()::encodeToString).orElse(null)));
    return films.computeIfAbsent(
        new FilmData(film.mediaType(), pictures), which -> "film-" + films.size());
  }

  private static Scene scene(String title, Task task) {
    return new Scene(
        title, task.metric(), task.unit().symbol(), task.unit().points(), new ArrayList<>());
  }
}
