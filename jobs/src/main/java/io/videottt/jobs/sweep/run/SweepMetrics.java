package io.videottt.jobs.sweep.run;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.apache.spark.scheduler.SparkListenerJobStart;

/**
 * Gauges of a running sweep in Spark's metrics system, for whichever sinks the operator has chosen:
 * a Spark plugin, which is how Spark lets programs in. The driver has them all, out of what
 * executors say with every heartbeat; executors have none of their own.
 */
public final class SweepMetrics implements SparkPlugin {

  @Override
  public DriverPlugin driverPlugin() {
    return new OnDriver();
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return null;
  }

  private static final class OnDriver implements DriverPlugin {

    private final Gauges gauges = new Gauges();

    @Override
    public Map<String, String> init(SparkContext context, PluginContext plugin) {
      context.addSparkListener(gauges);
      return Map.of();
    }

    @Override
    public void registerMetrics(String application, PluginContext plugin) {
      gauges.register(plugin.metricRegistry());
    }
  }

  /** The sums over all tasks since the application began. */
  static final class Gauges extends ProgressListener {

    private final Map<String, VideoProgress> tasks = new HashMap<>();
    private long plannedUnits;
    private long plannedFrames;

    void register(MetricRegistry registry) {
      register(registry, "units.planned", () -> plannedUnits);
      register(registry, "units.finished", () -> sum(task -> task.done().finishedUnits()));
      register(registry, "units.failed", () -> sum(task -> task.done().failedUnits()));
      register(registry, "frames.planned", () -> plannedFrames);
      register(registry, "frames.finished", () -> sum(task -> task.done().frames()));
      register(registry, "videos.running", () -> sum(task -> task.isRunning() ? 1 : 0));
      register(registry, "seconds.computing", () -> sum(task -> task.done().seconds()));
      register(registry, "seconds.perFrame", () -> mean(VideoProgress::secondsPerFrame));
      register(registry, "loss.before", () -> mean(task -> task.loss().before()));
      register(registry, "loss.after", () -> mean(task -> task.loss().after()));
    }

    private void register(MetricRegistry registry, String name, Value value) {
      Gauge<Double> gauge =
          () -> {
            synchronized (this) {
              return value.now();
            }
          };
      registry.register(name, gauge);
    }

    /** A number at the moment of asking. */
    private interface Value {
      double now();
    }

    @Override
    public synchronized void onJobStart(SparkListenerJobStart start) {
      plannedUnits += SweepSize.units(start.properties());
      plannedFrames += SweepSize.frames(start.properties());
    }

    @Override
    synchronized void receive(VideoProgress progress) {
      tasks.merge(
          progress.task(),
          progress,
          (known, next) -> next.sequence() > known.sequence() ? next : known);
    }

    private double sum(ToDoubleFunction<VideoProgress> value) {
      return tasks.values().stream().mapToDouble(value).sum();
    }

    /** Over the videos that are running, or where none is, all; NaN where none has a value. */
    private double mean(ToDoubleFunction<VideoProgress> value) {
      boolean over = tasks.values().stream().noneMatch(VideoProgress::isRunning);
      return tasks.values().stream()
          .filter(task -> over || task.isRunning())
          .mapToDouble(value)
          .filter(number -> !Double.isNaN(number))
          .average()
          .orElse(Double.NaN);
    }
  }
}
