package io.videottt.jobs.sweep.plan;

import ai.djl.Device;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.Catalog;
import io.videottt.catalog.DataSet;
import io.videottt.jobs.data.StoredDataSet;
import io.videottt.jobs.sweep.config.SkippedPairs;
import io.videottt.jobs.sweep.config.SweepConfiguration;
import io.videottt.jobs.sweep.config.SweepRequest;
import io.videottt.jobs.sweep.config.SweepSource;
import io.videottt.model.ReconstructionTarget;
import io.videottt.model.features.FeatureFiles;
import io.videottt.model.folder.SegmentationModel;
import io.videottt.model.tensor.Precision;
import io.videottt.reports.Titles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Looks up what the sweeps of a file name: data sets, videos, models. */
public final class SweepPlanner {

  private static final String HALF_PRECISION =
      "note: precision fp16, as the released code has it: processors without instructions for it"
          + " take ten times as long, GPUs less; --set precision=fp32 or bf16 is another setting"
          + " with other results";

  private final SweepRequest request;
  private final List<SweepSource> parts;
  private final Catalog catalog;
  private final Configuration hadoop;
  private final Map<ModelKey, ModelInfo> models = new HashMap<>();
  private final DataFindings findings = new DataFindings();
  private final FrameSizes sizes = new FrameSizes();
  private boolean missingModelsAllowed;

  /** Folders in which no model is, where that is allowed. */
  private final Set<String> missingModels = new LinkedHashSet<>();

  private final Set<SettingOrigin> origins = new LinkedHashSet<>();

  /** About classes whose names differ. */
  private final Set<String> notes = new LinkedHashSet<>();

  /**
   * What is loaded of a model folder.
   *
   * @param target of the reconstruction decoder, empty for the folder's usual one
   */
  private record ModelKey(String folder, Optional<ReconstructionTarget> target) {}

  /** Reads the sweep file. */
  public SweepPlanner(SweepRequest request, Configuration hadoop) {
    this(request, request.overrides().over(SweepSource.read(request.config())), hadoop);
  }

  public SweepPlanner(SweepRequest request, List<SweepSource> parts, Configuration hadoop) {
    this.request = request;
    this.parts = parts;
    this.catalog = request.catalog(hadoop);
    this.hadoop = hadoop;
  }

  /** Lets folders without a model pass: units are planned by frames and methods alone then. */
  public SweepPlanner allowingMissingModels() {
    missingModelsAllowed = true;
    return this;
  }

  /** Whether all models are there, and so the units' ids are what they will be; once planned. */
  public boolean hasModels() {
    return missingModels.isEmpty();
  }

  /**
   * What units cost before any has been measured: by the sizes of models and frames, or in
   * proportion only where these are not known.
   *
   * @param plan a plan of this planner
   */
  public CostModel assumedCosts(SweepPlan plan, AssumedDevice device) {
    Map<String, ModelInfo> byFingerprint = new HashMap<>();
    models.values().forEach(model -> byFingerprint.put(model.fingerprint(), model));
    return SizedCosts.of(plan.units(), byFingerprint, sizes, device);
  }

  public SweepPlan plan() {
    SweepPlan plan = SweepPlan.union(parts.stream().map(this::plan).toList());
    if (plan.tasks().isEmpty()) {
      throw new InvalidInputException(
          findings
              .firstProblem()
              .orElse("%s: no video is left to run".formatted(request.config())));
    }
    requireOneOutput(plan);
    return plan;
  }

  /** One folder of several model sets is one model. */
  private void requireOneOutput(SweepPlan plan) {
    for (String folder : missingModels) {
      Set<Task> tasks = EnumSet.noneOf(Task.class);
      plan.units().stream()
          .filter(unit -> unit.adaptation().modelFolder().equals(folder))
          .forEach(unit -> tasks.add(unit.task()));
      ModelInfo.missing(folder).requireOneOutput(folder, tasks);
    }
  }

  private SweepPlan plan(SweepSource part) {
    SweepPlan plan =
        new SweepExpansion(
                part, catalog::definition, this::open, this::model, findings, notes, sizes)
            .plan();
    GridProvenance.of(part.configuration().provenance())
        .ifPresent(provenance -> origins.addAll(provenance.origins(plan)));
    presetNote(part, plan).ifPresent(notes::add);
    if (plan.units().stream().anyMatch(unit -> unit.settings().precision() == Precision.FP16)) {
      notes.add(HALF_PRECISION);
    }
    return plan;
  }

  /** Who names no preset gets one that is made for large networks on GPUs. */
  private static Optional<String> presetNote(SweepSource part, SweepPlan plan) {
    if (part.configuration().givenPreset() != null) {
      return Optional.empty();
    }
    Set<String> without =
        part.configuration().methods().stream()
            .filter(choice -> choice.preset() == null)
            .map(SweepConfiguration.MethodChoice::method)
            .collect(Collectors.toUnmodifiableSet());
    Map<String, Long> predictions = new TreeMap<>();
    for (Unit unit : plan.units()) {
      if (unit.method().adapts() && without.contains(unit.method().id())) {
        double perFrame = unit.method().predictions(unit.settings(), unit.frames()) / unit.frames();
        predictions.merge(unit.method().id(), Math.round(perFrame), Math::max);
      }
    }
    return predictions.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "note: %s names no preset, so methods start from %s: a frame takes as long as %s; preset: small is for small networks, ./ttt presets explains both"
                .formatted(
                    part.source(),
                    part.configuration().preset(),
                    predictions.entrySet().stream()
                        .map(
                            entry ->
                                "%d predictions with %s"
                                    .formatted(entry.getValue(), entry.getKey()))
                        .collect(Collectors.joining(", "))));
  }

  /** What grids ranked first, beside the settings of the plan's units; once planned. */
  public Set<SettingOrigin> origins() {
    return Set.copyOf(origins);
  }

  /** What the plan leaves out of the sweep and why, and what its data leave over; once planned. */
  public List<String> leftOut() {
    List<String> lines = new ArrayList<>(request.overrides().lines(parts));
    for (SweepSource part : parts) {
      lines.addAll(SkippedPairs.of(part.configuration(), part.source()).lines());
    }
    lines.addAll(notes);
    if (!missingModels.isEmpty()) {
      lines.add(
          "note: no model in %s: planned by frames and methods alone; what the models can do, their classes and the units' ids are not known"
              .formatted(String.join(", ", missingModels)));
    }
    Titles titles = titles();
    origins.stream()
        .filter(origin -> !origin.asChosen())
        .forEach(
            origin ->
                lines.add(
                    "note: on %s: %s"
                        .formatted(
                            titles.data(origin.dataset(), origin.split()),
                            origin.sentence(titles))));
    lines.addAll(findings.notes());
    lines.addAll(findings.warnings());
    lines.addAll(findings.unmatched());
    lines.addAll(findings.leftOut());
    return lines.stream().distinct().toList();
  }

  private Titles titles() {
    return StoredDataSet.titles(
        origins.stream()
            .map(SettingOrigin::dataset)
            .distinct()
            .map(catalog::definition)
            .map(StoredDataSet::of)
            .toList());
  }

  /** The videos that the plan goes without since they cannot be opened, a line for each. */
  public List<String> missingVideos() {
    return findings.leftOut();
  }

  /** What all tasks of a run of this sweep have in common. */
  public SweepContext run(String id, String output, String device, Duration checkpointInterval) {
    Map<String, TrainingSource> training = new HashMap<>();
    for (SweepSource part : parts) {
      SweepConfiguration.TrainingImages images = part.configuration().trainingImages();
      if (images != null) {
        DataSet dataset = open(images.dataset(), images.root());
        dataset.videoIds(images.split());
        TrainingSource videos = new TrainingSource(dataset.definition(), images.split());
        TrainingSource other = training.putIfAbsent(images.id(), videos);
        if (other != null && !other.equals(videos)) {
          throw new InvalidInputException(
              "%s: trainingImages: %s is in two places, %s and %s; name one root"
                  .formatted(
                      part.source(), images.id(), other.dataset().root(), videos.dataset().root()));
        }
      }
    }
    return new SweepContext(
        id,
        output,
        device,
        checkpointInterval,
        Map.copyOf(training),
        Set.of(),
        Map.of(),
        FeatureFiles.NONE);
  }

  private DataSet open(String name, String root) {
    return request.open(catalog, name, Optional.ofNullable(root), hadoop);
  }

  private ModelInfo model(String folder, Optional<ReconstructionTarget> target) {
    return models.computeIfAbsent(
        new ModelKey(folder, target),
        key -> {
          if (missingModelsAllowed && !SegmentationModel.isIn(new Path(key.folder()), hadoop)) {
            missingModels.add(key.folder());
            return ModelInfo.missing(key.folder());
          }
          try (SegmentationModel model =
              SegmentationModel.load(new Path(key.folder()), hadoop, Device.cpu(), key.target())) {
            return new ModelInfo(model.fingerprint(), model.configuration());
          }
        });
  }
}
