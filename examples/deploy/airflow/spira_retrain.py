"""Keeps a model of SPIRA up to date, for Apache Airflow 2.6 or later.

One task, one round of continuous training: it looks for new labelled recordings, trains a challenger if there are enough,
and promotes it if it passes the gate. Exit code 3, nothing to do, is shown as skipped.
"""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG(
    dag_id="spira_retrain",
    description="One round of continuous training of a SPIRA model",
    schedule="0 3 * * 6",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 1, "retry_delay": timedelta(minutes=10)},
) as dag:
    BashOperator(
        task_id="retrain",
        bash_command="spira retrain $EXPERIMENT --plan $PLAN --set checkpoints.folder=$CHECKPOINTS --json",
        env={
            "EXPERIMENT": "/opt/spira/experiment.yaml",
            "PLAN": "/opt/spira/plan.yaml",
            "CHECKPOINTS": "/var/lib/spira/checkpoints",
        },
        append_env=True,
        skip_on_exit_code=3,
        execution_timeout=timedelta(hours=18),
    )
