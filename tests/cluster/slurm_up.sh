#!/usr/bin/env bash
# Start a real Slurm with two nodes on this machine, from Debian's packages (slurm-wlm, munge); for tests only.
#   sudo tests/cluster/slurm_up.sh [--down]
# No systemd, no cgroups and no accounting database are needed. It writes /etc/slurm and /etc/munge: use a throw-away
# machine or container.
set -euo pipefail
nodes=(node1 node2)

stop() { # pid file
  local pid
  [[ -s "$1" ]] || return 0
  pid=$(<"$1")
  kill "$pid" 2>/dev/null || return 0
  for _ in $(seq 50); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
}

if [[ "${1:-}" == --down ]]; then
  for daemon in "${nodes[@]/#/slurmd.}" slurmctld munge/munged; do stop "/run/$daemon.pid"; done
  exit 0
fi

if ! command -v slurmctld >/dev/null; then
  apt-get update -q
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends slurm-wlm munge
fi
host=$(hostname -s)
getent hosts "$host" >/dev/null || echo "127.0.1.1 $host" >>/etc/hosts

[[ -s /etc/munge/munge.key ]] || mungekey --create
chown munge:munge /etc/munge/munge.key
chmod 400 /etc/munge/munge.key
install -d -o munge -g munge -m 755 /run/munge
install -d -o munge -g munge -m 700 /var/log/munge /var/lib/munge
munge -n >/dev/null 2>&1 || runuser -u munge -- /usr/sbin/munged
for _ in $(seq 50); do munge -n >/dev/null 2>&1 && break; sleep 0.1; done

install -d -m 755 /etc/slurm "${nodes[@]/#//var/spool/slurmd.}"
install -d -o slurm -g slurm -m 755 /var/spool/slurmctld /var/log/slurm
install -o slurm -g slurm /dev/null /run/slurmctld.pid
echo 'CgroupPlugin=disabled' >/etc/slurm/cgroup.conf
# As clusters do that give each job a folder on the node's own disk.
printf '#!/bin/sh\necho "export SLURM_TMPDIR=/tmp/slurm/$SLURM_JOB_ID"\n' >/etc/slurm/task_prolog
chmod 755 /etc/slurm/task_prolog
cat >/etc/slurm/slurm.conf <<CONF
ClusterName=test
SlurmctldHost=$host
SlurmUser=slurm
AuthType=auth/munge
CredType=cred/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
TaskProlog=/etc/slurm/task_prolog
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SlurmdParameters=config_overrides
ReturnToService=2
MpiDefault=none
SwitchType=switch/none
MinJobAge=300
StateSaveLocation=/var/spool/slurmctld
SlurmdSpoolDir=/var/spool/slurmd.%n
SlurmctldPidFile=/run/slurmctld.pid
SlurmdPidFile=/run/slurmd.%n.pid
SlurmctldLogFile=/var/log/slurm/slurmctld.log
SlurmdLogFile=/var/log/slurm/slurmd.%n.log
NodeName=node[1-2] NodeHostname=$host NodeAddr=127.0.0.1 Port=[6821-6822] CPUs=${SLURM_CPUS:-$(nproc)} \
  RealMemory=$(($(awk '/MemTotal/{print $2}' /proc/meminfo) * 9 / 20480)) State=UNKNOWN
PartitionName=test Nodes=ALL Default=YES MaxTime=INFINITE State=UP DefMemPerCPU=500
CONF

sinfo >/dev/null 2>&1 || slurmctld
for _ in $(seq 100); do scontrol ping 2>/dev/null | grep -q UP && break; sleep 0.1; done
for node in "${nodes[@]}"; do
  [[ -s /run/slurmd.$node.pid ]] && kill -0 "$(</run/slurmd.$node.pid)" 2>/dev/null || slurmd -N "$node"
done
for _ in $(seq 100); do [[ $(sinfo -h -o %T 2>/dev/null) == idle ]] && break; sleep 0.1; done
sinfo -N
timeout 30 srun -N2 -n2 true
