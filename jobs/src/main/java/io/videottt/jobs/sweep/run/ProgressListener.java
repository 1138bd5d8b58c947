package io.videottt.jobs.sweep.run;

import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import scala.collection.Iterator;

/** A listener to what executors say of their tasks' progress, of which the newest counts. */
abstract class ProgressListener extends SparkListener {

  /** Takes a report, in Spark's thread for listeners; an older one may come after a newer one. */
  abstract void receive(VideoProgress progress);

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    for (var tasks = update.accumUpdates().iterator(); tasks.hasNext(); ) {
      receive(tasks.next()._4().iterator());
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    receive(end.taskInfo().accumulables().iterator());
  }

  private void receive(Iterator<AccumulableInfo> infos) {
    while (infos.hasNext()) {
      receive(infos.next());
    }
  }

  private void receive(AccumulableInfo info) {
    if (info.name().isDefined()
        && ProgressAccumulator.NAME.equals(info.name().get())
        && info.update().isDefined()
        && info.update().get() instanceof ProgressAccumulator.Latest latest) {
      latest.tasks().values().forEach(this::receive);
    }
  }
}
