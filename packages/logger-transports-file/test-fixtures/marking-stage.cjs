// A stage that marks each write by a line of its own, and says what it was given; `fail` is how many writes it refuses first.
module.exports.createStage = ({ fail }, say) => {
  let left = fail;
  let lines;
  return {
    take(given, how) {
      if (left-- > 0) throw Object.assign(new Error('not yet'), { code: 'E_NOT_YET' });
      lines = given.toString().split('\n').length - 1;
      return Buffer.concat([Buffer.from(`# ${JSON.stringify(how)}\n`), given]);
    },
    settle(bytes) {
      say({ bytes, lines });
      return lines;
    },
  };
};
