// What to type to reach a resource, in three ways: by its alias or its host name (both after sshfn config-ssh), or through sshfn, once one has signed in.

/** A word as every shell reads it. */
export function shell(word) {
  return /^[\w@%+=:,./~{}-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** The alias that means this resource and no other. */
export function aliasOf(resource, instance) {
  return `sshfn.${resource.path.replaceAll('/', '.')}${instance === null ? '' : `.${instance}`}`;
}

/** The commands; `target` has resource, instance, host, port and login. */
export function commandsOf(target, way) {
  return { alias: byAlias, host: byHost, sshfn: byHelper }[way](target);
}

function byAlias({ resource, instance, login }) {
  const place = shell(`${login === resource.logins[0] || login.includes('{') ? '' : `${login}@`}${aliasOf(resource, instance)}`);
  return { ssh: `ssh ${place}`, sftp: `sftp ${place}`, scp: `scp FILE ${place}:FOLDER`, rsync: `rsync -a FOLDER/ ${place}:FOLDER/`, git: `git clone ${place}:PATH.git` };
}

function byHost({ host, port, login }) {
  const place = shell(`${login}@${host}`);
  const [small, large] = port === 22 ? ['', ''] : [`-p ${port} `, `-P ${port} `];
  return {
    ssh: `ssh ${small}${place}`,
    sftp: `sftp ${large}${place}`,
    scp: `scp ${large}FILE ${place}:FOLDER`,
    rsync: `rsync -a ${port === 22 ? '' : `-e "ssh -p ${port}" `}FOLDER/ ${place}:FOLDER/`,
    git: port === 22 ? `git clone ${place}:PATH.git` : `git clone ssh://${place}:${port}/PATH.git`,
  };
}

function byHelper({ resource, instance, login }) {
  const name = `${resource.path.replaceAll('/', '.')}${instance === null ? '' : `.${instance}`}`;
  const place = shell(`${login === resource.logins[0] || login.includes('{') ? '' : `${login}@`}${name}`);
  return {
    ssh: `sshfn ssh ${place}`, sftp: `sshfn sftp ${place}`, scp: `sshfn scp FILE ${place}:FOLDER`,
    rsync: `rsync -a -e "sshfn ssh" FOLDER/ ${place}:FOLDER/`, git: `GIT_SSH_COMMAND="sshfn ssh" GIT_SSH_VARIANT=ssh git clone ${place}:PATH.git`,
  };
}

/** Where the hook keeps key and certificate of a destination. */
export function keyFolder({ host, port, login }) {
  return `~/.local/state/sshfn/destinations/${login}@${host}:${port}/current`;
}
