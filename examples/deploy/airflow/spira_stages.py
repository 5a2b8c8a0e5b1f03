"""Trains a model of SPIRA every night, stage by stage, for Apache Airflow 2.6 or later.

Each task is one stage and may run on another worker: what a stage leaves for the next one lies in WORK. A stage that has
nothing to do ends with exit code 3 and is shown as skipped; those after it look for themselves, as they need no more than
that nothing failed. Airflow resumes an interrupted stage by a retry.
"""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash import BashOperator

NOTHING_TO_DO = 3

PLACES = {
    "EXPERIMENT": "/opt/spira/experiment.yaml",
    "WORK": "s3://spira/work",
    "MODELS": "s3://spira/models",
}

with DAG(
    dag_id="spira_stages",
    description="Features, training, evaluation and publishing of a SPIRA model",
    schedule="0 2 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 2, "retry_delay": timedelta(minutes=5)},
) as dag:

    def stage(name, command, limit):
        return BashOperator(
            task_id=name,
            bash_command=command,
            env=PLACES,
            append_env=True,
            skip_on_exit_code=NOTHING_TO_DO,
            trigger_rule="none_failed",
            execution_timeout=limit,
        )

    features = stage(
        "features",
        "spira features $EXPERIMENT --work $WORK --models $MODELS",
        timedelta(hours=4),
    )
    train = stage(
        "train",
        "spira train $EXPERIMENT --work $WORK --models $MODELS",
        timedelta(hours=12),
    )
    evaluate = stage(
        "evaluate",
        "spira evaluate $EXPERIMENT --work $WORK --models $MODELS",
        timedelta(hours=2),
    )
    publish = stage(
        "publish",
        "spira publish $EXPERIMENT --work $WORK --models $MODELS --alias challenger",
        timedelta(minutes=30),
    )

    features >> train >> evaluate >> publish
