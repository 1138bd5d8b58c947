package io.videottt.jobs.report;

import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.Methods;
import io.videottt.jobs.query.PicturedUnit;
import io.videottt.reports.EvaluationSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Chooses whose pictures are shown: per evaluation set, model and video the fixed model and every
 * other method. Of several seeds or settings of a method the first counts, of a model that was
 * trained with several seeds the first that ran the fixed model and another method.
 */
final class ClipChoice {

  private static final String FIXED = Methods.MAE_JOINT_TRAINING.id();

  /** What the fixed model is compared with before another method is chosen: the first there is. */
  private static final List<String> FIRST =
      List.of(
          Methods.ONLINE_TTT_MAE.id(),
          Methods.EXPLICIT_MEMORY_ONLY.id(),
          Methods.IMPLICIT_MEMORY_ONLY.id(),
          Methods.TTT_MAE_NO_MEMORY.id(),
          Methods.OFFLINE_TTT_MAE_ALL_FRAMES.id());

  /** In the order of the page; the task that all networks can do comes first. */
  private static final Comparator<Scene> ORDER =
      Comparator.comparing((Scene scene) -> scene.set().dataset())
          .thenComparing(scene -> scene.set().split())
          .thenComparing(scene -> scene.set().task())
          .thenComparing(Scene::model);

  private record Scene(EvaluationSet set, String model) {}

  /**
   * A video whose pictures can be shown.
   *
   * @param set what was evaluated
   * @param model label of the weights
   * @param video id within the data set
   * @param units the fixed model's, that of the method to look at first, then the others'
   */
  record Choice(EvaluationSet set, String model, String video, List<PicturedUnit> units) {

    PicturedUnit fixed() {
      return units.get(0);
    }
  }

  /** Units by training seed, video and method. */
  private final Map<Scene, TreeMap<Long, TreeMap<String, Map<String, PicturedUnit>>>> scenes =
      new TreeMap<>(ORDER);

  private int others;

  /** Takes a unit; those that are preferred come before others of the same method. */
  void add(PicturedUnit unit) {
    PicturedUnit before =
        scenes
            .computeIfAbsent(
                new Scene(unit.key().set(), unit.key().model()), which -> new TreeMap<>())
            .computeIfAbsent(unit.trainingSeed(), which -> new TreeMap<>())
            .computeIfAbsent(unit.video(), which -> new LinkedHashMap<>())
            .putIfAbsent(unit.key().method(), unit);
    others += before == null ? 0 : 1;
  }

  /** Whether some method has pictures of several seeds or settings, of which one is shown. */
  boolean hasOthers() {
    return others > 0 || scenes.values().stream().anyMatch(seeds -> seeds.size() > 1);
  }

  /** The videos, those of one evaluation set and model together. */
  List<Choice> clips() {
    List<Choice> clips = new ArrayList<>();
    scenes.forEach(
        (scene, seeds) ->
            seeds.values().stream()
                .map(videos -> clips(scene, videos))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .ifPresent(clips::addAll));
    return clips;
  }

  /** Videos of an evaluation set and model that have pictures without anything to compare. */
  int withoutComparison() {
    int all = 0;
    for (Map<Long, TreeMap<String, Map<String, PicturedUnit>>> seeds : scenes.values()) {
      Set<String> videos = new HashSet<>();
      seeds.values().forEach(own -> videos.addAll(own.keySet()));
      all += videos.size();
    }
    return all - clips().size();
  }

  private static List<Choice> clips(Scene scene, Map<String, Map<String, PicturedUnit>> videos) {
    List<Choice> clips = new ArrayList<>();
    videos.forEach(
        (video, byMethod) ->
            units(byMethod)
                .ifPresent(
                    units -> clips.add(new Choice(scene.set(), scene.model(), video, units))));
    return clips;
  }

  private static Optional<List<PicturedUnit>> units(Map<String, PicturedUnit> byMethod) {
    if (!byMethod.containsKey(FIXED) || byMethod.size() < 2) {
      return Optional.empty();
    }
    List<PicturedUnit> units = new ArrayList<>(byMethod.values());
    units.sort(Comparator.comparingInt(unit -> place(unit.key().method())));
    return Optional.of(units);
  }

  private static List<String> known() {
    return Methods.all().stream().map(Method::id).toList();
  }

  private static int place(String method) {
    if (method.equals(FIXED)) {
      return -1;
    }
    int first = FIRST.indexOf(method);
    return first >= 0 ? first : FIRST.size() + known().indexOf(method);
  }
}
