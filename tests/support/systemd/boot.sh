#!/bin/bash
# Boots systemd in namespaces of its own, on a copy of this machine whose
# changes are kept in a folder. Arguments: the folder, where its root goes, and
# a folder that it sees as /mnt.
set -e
changes=$1 root=$2 shown=$3
mount --make-rprivate /
mkdir -p "$changes/upper" "$changes/work" "$root"
mount -t overlay overlay "$root" \
  -o "lowerdir=/,upperdir=$changes/upper,workdir=$changes/work"
mount -t proc proc "$root/proc"
mount -t sysfs -o ro sysfs "$root/sys"
groups=$root/sys/fs/cgroup
if [ -d /sys/fs/cgroup/systemd ]; then
  mount -t tmpfs tmpfs "$groups"
  mkdir "$groups/systemd" "$groups/unified"
  mount -t cgroup -o none,name=systemd cgroup "$groups/systemd"
  mount -t cgroup2 cgroup2 "$groups/unified"
else
  mount -t cgroup2 cgroup2 "$groups"
fi
mount -t tmpfs tmpfs "$root/run"
mount --rbind /dev "$root/dev"
mount --bind "$shown" "$root/mnt"
ip link set lo up
exec chroot "$root" env -i container=other PATH="$PATH" \
  /lib/systemd/systemd --system --unit=multi-user.target
