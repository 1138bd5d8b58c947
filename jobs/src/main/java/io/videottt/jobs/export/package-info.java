/** Training logs and sweeps as other programs read them: TensorBoard, MLflow, tables of values. */
package io.videottt.jobs.export;
