#!/bin/bash
# The sweep lines, an array of 5 for Slurm whose tasks share one dataset directory.
#   submit         sbatch THIS-FILE
#   watch          squeue --me; tail -f lines-*.log
#   stop           scancel JOBID
#   go on, repair  sbatch THIS-FILE, or sbatch --array=3,5 THIS-FILE for some tasks:
#                  what is drawn stays, and only what is missing is drawn
# A task that needs more than its time limit stops before it and is requeued. When all
# tasks have ended, a job of its own verifies and summarizes the dataset.

#SBATCH --job-name=lines
#SBATCH --output=lines-%A_%a.log
#SBATCH --open-mode=append
#SBATCH --array=0-4
#SBATCH --cpus-per-task=4
#SBATCH --mem=132M
#SBATCH --time=53
#SBATCH --signal=B:USR1@60
#SBATCH --requeue
#SBATCH --partition=short
#SBATCH --account=physics

nodal='/opt/nodal'
sweep='/home/it'\''s here/sweep.yaml'
out='/scratch/a "b" $HOME %j`c`'
task=${SLURM_ARRAY_TASK_ID:?is set by Slurm: submit this file with sbatch}
restarts=${SLURM_RESTART_COUNT:-0}

# The lowest task submits what follows all of them, whether they succeed or fail,
# unless that waits already: the task may have been requeued.
check=lines-check-$SLURM_ARRAY_JOB_ID
if [ "$task" = "$SLURM_ARRAY_TASK_MIN" ] && [ -z "$(squeue --noheader --name="$check")" ]; then
	sbatch --job-name="$check" --dependency="afterany:$SLURM_ARRAY_JOB_ID" <<'CHECK' || echo "task $task: nothing will check the dataset; run nodal verify" >&2
#!/bin/bash
#SBATCH --partition=short
#SBATCH --account=physics
#SBATCH --output=lines-check-%j.log
#SBATCH --cpus-per-task=1
#SBATCH --mem=1024M
#SBATCH --time=18
nodal='/opt/nodal'
out='/scratch/a "b" $HOME %j`c`'
"$nodal" verify "$out" --full
whole=$?
"$nodal" summarize "$out"
summary=$?
exit $((whole ? whole : summary))
CHECK
fi

"$nodal" run "$sweep" --out "$out" --shard "$task/5" --workers 4 --grace 20s --progress plain --no-lock &
run=$!

# USR1 comes before the time limit and to this shell alone, which has nodal stop.
# TERM comes with scancel, preemption and the like, and to nodal as well: it is not
# passed on, since a second signal stops nodal at once, and the task is not requeued,
# since scontrol would bring back what was cancelled; Slurm requeues what is to go on.
trap 'again=1; kill -TERM "$run"' USR1
trap 'again=1; ended=1' TERM
again=1
while [ "$again" ]; do # a signal ends wait
	again=
	wait "$run"
	code=$?
done

case $code in
75 | -1) # more to do; -1 is bash's if the end and a signal come together
	if [ "$ended" ]; then
		echo "task $task: ended by Slurm" >&2
	elif [ "$restarts" -ge 20 ]; then
		echo "task $task: restarted $restarts times already; to go on: sbatch --array=$task" >&2
	else
		echo "task $task: requeued, restart $((restarts + 1)) of at most 20" >&2
		scontrol requeue "${SLURM_ARRAY_JOB_ID}_$task" # Slurm ends this script
	fi
	exit 75
	;;
5)
	echo "task $task: another run draws the same share" >&2
	exit 0
	;;
esac
exit "$code"
