/** What a notebook says of the kernel that runs it, and of its language. */
export const kernelMetadata = {
  kernelspec: { name: "lectern", display_name: "TypeScript (lectern)", language: "typescript" },
  language_info: { name: "typescript", file_extension: ".ts", mimetype: "text/x-typescript" },
};
