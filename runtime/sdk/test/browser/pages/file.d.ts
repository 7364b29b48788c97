// A file that a bundler carries along is imported as its URL.
declare const url: string;
export default url;
