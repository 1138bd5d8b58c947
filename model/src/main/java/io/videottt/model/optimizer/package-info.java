/** AdamW and SGD with their state, per group of parameters. */
package io.videottt.model.optimizer;
