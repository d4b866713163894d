import { formatClock, judgeClock, parseChrony, parseTimesyncd, UNKNOWN_CLOCK } from './clock-evidence';

const CHRONY =
  'A29FC87B,162.159.200.123,4,1700000000.123456789,0.000021500,-0.000010000,0.000034000,-12.345,-0.001,0.050,0.004200000,0.000310000,64.5,Normal\n';
const TIMESYNCD = `       Server: 185.125.190.57 (ntp.ubuntu.com)
Poll interval: 34min 8s (min: 32s; max 34min 8s)
         Leap: normal
      Version: 4
Root distance: 1.205ms (max: 5s)
       Offset: -731us
        Delay: 22.402ms
 Packet count: 60
`;

describe('evidence of the clock', () => {
  it('is read from chrony: the bound is offset, root dispersion and half the root delay', () => {
    expect(parseChrony(CHRONY)).toEqual({ source: 'chrony:162.159.200.123/4', offsetUs: 21.5, boundUs: 2431.5 });
  });

  it('is none from a chrony without a source', () => {
    expect(parseChrony('00000000,,0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,1.0,1.0,0.0,Not synchronised\n')).toBeUndefined();
    expect(parseChrony('')).toBeUndefined();
    expect(parseChrony('a,b,c,d,e,f,g,h,i,j,k,l,m,n')).toBeUndefined();
  });

  it('is read from systemd-timesyncd: the bound is offset and root distance', () => {
    expect(parseTimesyncd(TIMESYNCD)).toEqual({ source: 'timesyncd:185.125.190.57', offsetUs: -731, boundUs: 1936 });
    expect(parseTimesyncd(TIMESYNCD.replace('-731us', '+1min 2.5s'))?.offsetUs).toBe(62_500_000);
    expect(parseTimesyncd('Failed to parse server: no such thing')).toBeUndefined();
  });

  it('meets a tier by its bound, never by a lucky offset', () => {
    const clock = { source: 'chrony:x', offsetUs: 1, boundUs: 999 };
    expect(judgeClock('other', clock)).toBe('met');
    expect(judgeClock('other', { ...clock, boundUs: 1001 })).toBe('missed');
    expect(judgeClock('voice', { ...clock, boundUs: 1001 })).toBe('met');
    expect(judgeClock('other', UNKNOWN_CLOCK)).toBe('unknown');
  });

  it('never meets the tier of high-frequency trading, whose stamps are of a microsecond', () => {
    expect(judgeClock('hft', { source: 'chrony:x', offsetUs: 0, boundUs: 1 })).toBe('missed');
  });

  it('is one line of words in a checkpoint, whatever the source is called', () => {
    expect(formatClock('other', { source: 'chrony:a b\n', offsetUs: 2.5, boundUs: 10 })).toBe(
      'other met chrony:a_b_ 2.5 10',
    );
    expect(formatClock(undefined, UNKNOWN_CLOCK)).toBe('none unknown unknown - -');
  });
});
